#!/usr/bin/perl
# Switches a node off when its disk, or what it keeps in /run/halab, has outgrown what it may take. It starts no other
# process, because it looks every two seconds and there is one for each node. It ends with the node's supervisor.
# Arguments: the machine's name, the folder that its disk is, its MiB and its files, its run folder, the file that kills it.
use strict;
use warnings;

my ($machine, $disk, $mib, $files, $run, $kill) = @ARGV;
die "usage: watch-disk.pl MACHINE DISK MIB FILES RUN KILL\n" if @ARGV != 6;
my ($run_mib, $run_files) = (16, 1000);
my $supervisor = getppid;
$| = 1;

while (1) {
    sleep 2;
    exit if getppid != $supervisor;
    next unless outgrown($disk, $mib, $files) || outgrown($run, $run_mib, $run_files);
    print "halab: $machine is switched off: its disk has more than $mib MiB or $files files, "
        . "or /run/halab more than $run_mib MiB\n";
    open(my $handle, '>', $kill) or next;
    print $handle '1';
    close $handle;
}

# What is mounted below the folder is not counted, and what cannot be read is gone.
sub outgrown {
    my ($folder, $most_mib, $most_files) = @_;
    my ($device, $blocks, $count) = ((lstat $folder)[0], 0, 0);
    my @todo = ($folder);
    while (defined(my $path = pop @todo)) {
        my @facts = lstat $path or next;
        next if $facts[0] != $device;
        $blocks += $facts[12];
        $count += 1;
        return 1 if $count > $most_files || $blocks > $most_mib * 2048;
        next unless -d _ && opendir(my $handle, $path);
        push @todo, map { "$path/$_" } grep { $_ ne '.' && $_ ne '..' } readdir $handle;
    }
    return 0;
}
