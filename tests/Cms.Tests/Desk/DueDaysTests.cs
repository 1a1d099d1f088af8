using System.Globalization;
using Cms.Articles.Desk;
using Cms.Foundation;
using FsCheck.Xunit;
using Xunit;

namespace Cms.Tests.Desk;

/// <summary>Days and weeks begin when they begin in the newsroom.</summary>
public sealed class DueDaysTests
{
    private static readonly NewsroomTime Berlin = new("Europe/Berlin");

    [Theory]
    // The clocks go forward on 29 March 2026 and back on 25 October 2026.
    [InlineData("Europe/Berlin", "2026-03-29T10:00:00Z", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z")]
    [InlineData("Europe/Berlin", "2026-10-25T10:00:00Z", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z")]
    [InlineData("Europe/Berlin", "2026-04-22T22:30:00Z", "2026-04-22T22:00:00Z", "2026-04-23T22:00:00Z")]
    // Midnight of 24 April 2026 does not exist in Cairo.
    [InlineData("Africa/Cairo", "2026-04-24T10:00:00Z", "2026-04-23T22:00:00Z", "2026-04-24T21:00:00Z")]
    // Midnight of 1 November 2026 comes twice in Havana.
    [InlineData("America/Havana", "2026-11-01T12:00:00Z", "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z")]
    public void Today_is_the_day_of_the_newsroom(string zone, string now, string from, string to) =>
        Assert.Equal((Time(from), Time(to)), new NewsroomTime(zone).Bounds(DuePeriod.Today, Time(now)));

    [Theory]
    [InlineData("2026-04-19T21:59:59Z", "2026-04-12T22:00:00Z")]
    [InlineData("2026-04-19T22:00:00Z", "2026-04-19T22:00:00Z")]
    [InlineData("2026-04-26T21:59:59Z", "2026-04-19T22:00:00Z")]
    public void A_week_begins_on_Monday(string now, string monday) =>
        Assert.Equal(Time(monday), Berlin.Bounds(DuePeriod.ThisWeek, Time(now)).From);

    [Property]
    public bool Every_time_is_in_its_day_and_the_day_is_in_its_week(uint minutes)
    {
        var now = DateTimeOffset.UnixEpoch.AddYears(50).AddMinutes(minutes % 10_000_000);
        var (today, week) = (Berlin.Bounds(DuePeriod.Today, now), Berlin.Bounds(DuePeriod.ThisWeek, now));
        return today.From <= now && now < today.To && week.From <= today.From && today.To <= week.To;
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
