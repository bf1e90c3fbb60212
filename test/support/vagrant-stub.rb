# ruby vagrant-stub.rb VAGRANTFILE: what the Vagrantfile tells Vagrant, as JSON.
require "json"

$ran = []
module Kernel
  def system(*words) = $ran << words
  def exec(*words) = $ran << words
  def spawn(*words) = $ran << words
  def `(line) = ($ran << [line]) && ""
end

class Options
  attr_reader :set, :calls

  def initialize
    @set = {}
    @calls = []
  end

  def method_missing(name, *words, **named)
    if name.end_with?("=")
      @set[name.to_s.chomp("=")] = words.first
    elsif words.empty? && named.empty?
      @set[name.to_s]
    else
      @calls << [name.to_s, *words, *(named.empty? ? [] : [named])]
    end
  end

  def respond_to_missing?(*) = true
end

class Machine < Options
  attr_reader :machines, :providers

  def initialize
    super
    @machines = {}
    @providers = {}
  end

  def vm = self

  def define(name)
    @machines[name] = Machine.new
    yield @machines[name]
  end

  def provider(name)
    yield(@providers[name] ||= Options.new)
  end

  def to_h
    {
      set: @set, calls: @calls,
      providers: @providers.transform_values { |options| { set: options.set, calls: options.calls } },
      machines: @machines.transform_values(&:to_h),
    }
  end
end

module Vagrant
  CONFIG = Machine.new
  def self.require_version(*) = nil
  def self.configure(_version) = yield(CONFIG)
end

ENV.delete("VAGRANT_DEFAULT_PROVIDER")
load ARGV.fetch(0)
puts JSON.generate(Vagrant::CONFIG.to_h.merge(ran: $ran, provider: ENV["VAGRANT_DEFAULT_PROVIDER"]))
