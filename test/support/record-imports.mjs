// Given to node with --import: writes the URL of every module that is loaded to the file that RECORD_IMPORTS names.
import { register } from 'node:module';

const hook = `
import { appendFileSync } from 'node:fs';
export async function load(url, context, next) {
  appendFileSync(${JSON.stringify(process.env.RECORD_IMPORTS)}, url + '\\n');
  return next(url, context);
}`;

register(`data:text/javascript,${encodeURIComponent(hook)}`);
