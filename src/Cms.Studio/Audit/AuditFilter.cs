using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace Cms.Studio.Audit;

/// <summary>Which entries of the audit log are shown. It is in the address, so that it can be bookmarked and shared.</summary>
/// <param name="Actor">The key of the person who did it; null for all.</param>
/// <param name="Action">What was done; null for all.</param>
/// <param name="Subject">The id of what it was done to; null for all.</param>
/// <param name="From">The first day; null for no limit.</param>
/// <param name="Until">The last day; null for no limit.</param>
internal sealed record AuditFilter(string? Actor, string? Action, string? Subject, DateOnly? From, DateOnly? Until)
{
    /// <summary>The address of the log.</summary>
    public const string Path = "/studio/audit";

    /// <summary>Whether entries are left out.</summary>
    public bool IsNarrow => (Actor ?? Action ?? Subject) is not null || From is not null || Until is not null;

    /// <summary>Whether the last day is before the first one.</summary>
    public bool IsBackwards => From > Until;

    /// <summary>Returns a day that a field for dates holds; null if it holds none.</summary>
    public static DateOnly? DayOf(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        && day.Year is >= 1900 and <= 2200
            ? day
            : null;

    /// <summary>Returns a day as a field for dates holds it.</summary>
    public static string? Write(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Returns the address of the log with this filter.</summary>
    public string Url =>
        QueryHelpers.AddQueryString(
            Path,
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["actor"] = Actor,
                ["action"] = Action,
                ["subject"] = Subject,
                ["from"] = Write(From),
                ["until"] = Write(Until),
            }.Where(parameter => parameter.Value is not null)
        );
}
