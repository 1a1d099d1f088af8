# Reads feeds with XML::Feed: perl read.pl <URL of RSS or Atom>… Prints a JSON object: what it found in each feed. Ends
# with a message if it has an error or a warning.
use strict;
use warnings;
use JSON::PP;
use URI;
use XML::Feed;

# Otherwise it returns bytes instead of text for Atom.
$XML::Atom::ForceUnicode = 1;
$SIG{__WARN__} = sub { die @_ };
my %found;
for my $url (@ARGV) {
    my $feed = XML::Feed->parse(URI->new($url)) or die "XML::Feed, $url: " . XML::Feed->errstr . "\n";
    $found{$url} = [
        map {
            {
                id          => $_->id,
                title       => $_->title,
                url         => $_->link,
                publishedAt => $_->issued->set_time_zone('UTC')->strftime('%Y-%m-%dT%H:%M:%SZ'),
            }
        } $feed->entries
    ];
}

print JSON::PP->new->utf8->encode({ 'XML::Feed' => \%found });
