using Cms.Foundation;
using FsCheck.Xunit;
using Xunit;

namespace Cms.Tests.Foundation;

public sealed class NewsroomTimeTests
{
    private static readonly string[] Zones =
    [
        "UTC",
        "Europe/Berlin",
        "America/St_Johns",
        "Australia/Lord_Howe",
        "Pacific/Apia",
        "Africa/Casablanca",
        "Asia/Kathmandu",
        "Asia/Pyongyang",
        "America/Caracas",
    ];

    [Theory]
    [InlineData("Europe/Berlin", "2026-07-01T09:00:00", "2026-07-01T07:00:00Z")]
    [InlineData("Europe/Berlin", "2027-03-28T02:30:00", "2027-03-28T01:30:00Z")]
    [InlineData("Europe/Berlin", "2026-10-25T02:30:00", "2026-10-25T00:30:00Z")]
    [InlineData("Australia/Lord_Howe", "2026-10-04T02:10:00", "2026-10-03T15:40:00Z")]
    [InlineData("Pacific/Apia", "2011-12-30T12:00:00", "2011-12-30T22:00:00Z")]
    [InlineData("UTC", "2026-10-25T02:30:00", "2026-10-25T02:30:00Z")]
    public void A_skipped_time_moves_forward_by_the_gap_and_a_repeated_time_means_the_first(
        string zone,
        string local,
        string instant
    )
    {
        var found = new NewsroomTime(zone).InstantOf(DateTime.Parse(local, null));

        Assert.Equal(DateTimeOffset.Parse(instant, null), found);
    }

    [Property(MaxTest = 2000)]
    public void A_time_that_clocks_show_is_found_again_and_is_the_first_of_its_kind(uint minutes, byte which)
    {
        var newsroom = new NewsroomTime(Zones[which % Zones.Length]);
        var at = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(minutes % (60 * 24 * 365 * 40));

        var found = newsroom.InstantOf(newsroom.LocalOf(at));

        Assert.True(found <= at);
        Assert.Equal(newsroom.LocalOf(at), newsroom.LocalOf(found));
    }

    [Property(MaxTest = 2000)]
    public void A_later_time_never_becomes_an_earlier_instant_by_more_than_a_repeated_hour(uint minutes, byte which)
    {
        var newsroom = new NewsroomTime(Zones[which % Zones.Length]);
        var local = new DateTime(2000, 1, 1).AddMinutes(minutes % (60 * 24 * 365 * 40));

        var (first, second) = (newsroom.InstantOf(local), newsroom.InstantOf(local.AddDays(3)));

        Assert.True(second > first);
    }

    [Theory]
    [InlineData("Europe/Berlin", "2026-04-23T07:00:00Z", "23 April 2026, 09:00 Europe/Berlin")]
    [InlineData("UTC", "2026-04-23T07:00:30Z", "23 April 2026, 07:00:30 UTC")]
    [InlineData("Europe/Berlin", "2026-10-25T00:30:00Z", "25 October 2026, 02:30 Europe/Berlin (UTC+02:00)")]
    [InlineData("Europe/Berlin", "2026-10-25T01:30:00Z", "25 October 2026, 02:30 Europe/Berlin (UTC+01:00)")]
    public void A_sentence_shows_the_newsrooms_time_and_the_offset_if_clocks_show_it_twice(
        string zone,
        string instant,
        string words
    ) => Assert.Equal(words, new NewsroomTime(zone).InWords(DateTimeOffset.Parse(instant, null)));

    [Theory]
    [InlineData("Mars/Olympus")]
    [InlineData("W. Europe Standard Time")]
    [InlineData("")]
    public void A_zone_that_is_not_in_the_IANA_database_is_rejected(string id) =>
        Assert.ThrowsAny<TimeZoneNotFoundException>(() => new NewsroomTime(id));

    [Theory]
    [InlineData("0001-01-01T00:00:00")]
    [InlineData("9999-12-31T23:59:59")]
    public void The_first_and_last_times_have_an_instant(string local) =>
        Assert.All(Zones, zone => new NewsroomTime(zone).InstantOf(DateTime.Parse(local, null)));
}
