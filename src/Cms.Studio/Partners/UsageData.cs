using System.Globalization;
using Cms.Studio.Api;

namespace Cms.Studio.Partners;

/// <summary>A page of what a partner has used.</summary>
public sealed record UsageData(UsageDesk? Desk);

/// <summary>The partner; null if there is none.</summary>
public sealed record UsageDesk(UsagePartner? Partner);

/// <summary>The partner whose use it is.</summary>
public sealed record UsagePartner(
    string Id,
    string Name,
    int RequestsThisMonth,
    UsageAgreement? Agreement,
    UsageRows Usage,
    UsageSums Sums
);

/// <summary>The limits of the agreement.</summary>
public sealed record UsageAgreement(int Number, int? MonthlyQuota, int? RequestsPerMinute);

/// <summary>Some rows.</summary>
public sealed record UsageRows(PageInfo PageInfo, IReadOnlyList<UsageRow> Nodes);

/// <summary>The rows of whole months.</summary>
public sealed record UsageSums(IReadOnlyList<UsageRow> Nodes);

/// <summary>What a contact's partner has used.</summary>
public sealed record PortalUsageData(PortalUsagePartner? PartnerPortal);

/// <summary>The partner of the contact; null if there is none.</summary>
public sealed record PortalUsagePartner(
    int RequestsThisMonth,
    PortalUsageAgreement? Agreement,
    UsageRows Usage,
    UsageSums Sums
);

/// <summary>The limits of the agreement.</summary>
public sealed record PortalUsageAgreement(int? MonthlyQuota, int? RequestsPerMinute);

/// <summary>The answer to a page of the file for a contact.</summary>
public sealed record PortalUsageFileData(UsageFilePartner? PartnerPortal);

/// <summary>The answer to a page of the file.</summary>
public sealed record UsageFileData(UsageFileDesk? Desk);

/// <summary>The partner; null if there is none.</summary>
public sealed record UsageFileDesk(UsageFilePartner? Partner);

/// <summary>The partner whose use it is.</summary>
public sealed record UsageFilePartner(string Name, UsageRows Usage);

/// <summary>How a partner receives articles.</summary>
public enum UsageChannel
{
    Rss,
    Atom,
    Json,
    Ninjs,
    Changes,
    Graphql,
    Webhook,
}

/// <summary>The length of the time of a row.</summary>
public enum UsagePeriod
{
    Day,
    Month,
}

/// <summary>What a partner has used in a day or a month by one channel.</summary>
public sealed record UsageRow(
    DateOnly From,
    UsageChannel Channel,
    int Hits,
    int NotModified,
    int Refused,
    double Bytes,
    int Items,
    int Delivered,
    int Failed
);

/// <summary>Which rows to show.</summary>
/// <param name="Path">The address of the page.</param>
/// <param name="From">The first day; null for 30 days before the last one.</param>
/// <param name="To">The last day; null for today.</param>
/// <param name="By">The length of the time of each row.</param>
/// <param name="Channel">Only this channel; null for all.</param>
public sealed record UsageFilter(string Path, DateOnly? From, DateOnly? To, UsagePeriod By, UsageChannel? Channel)
{
    /// <summary>The channels, and what the Studio calls them.</summary>
    internal static IReadOnlyList<(UsageChannel Channel, string Name)> Channels { get; } =
    [
        (UsageChannel.Rss, "RSS"),
        (UsageChannel.Atom, "Atom"),
        (UsageChannel.Json, "JSON Feed"),
        (UsageChannel.Ninjs, "ninjs"),
        (UsageChannel.Changes, "Changes"),
        (UsageChannel.Graphql, "GraphQL"),
        (UsageChannel.Webhook, "Webhooks"),
    ];

    /// <summary>The address of the rows as a page.</summary>
    public string Url => Path + Query;

    /// <summary>The address of the rows as a file.</summary>
    public string FileUrl => Path + ".csv" + Query;

    private string Query =>
        QueryString
            .Create(
                new Dictionary<string, string?>(StringComparer.Ordinal)
                {
                    ["from"] = Write(From),
                    ["to"] = Write(To),
                    ["by"] = By is UsagePeriod.Month ? "month" : null,
                    ["channel"] = Channel?.ToString().ToLowerInvariant(),
                }.Where(pair => !string.IsNullOrEmpty(pair.Value))
            )
            .Value!;

    /// <summary>Adds the filter to the variables of a document.</summary>
    public Dictionary<string, object?> Variables(Dictionary<string, object?> window)
    {
        (window["from"], window["to"], window["by"], window["channel"]) = (From, To, By, Channel);
        return window;
    }

    /// <summary>Reads a filter from what a form sent. What cannot be read is left out.</summary>
    public static UsageFilter Of(string path, string? from, string? to, string? by, string? channel) =>
        new(
            path,
            Read(from),
            Read(to),
            by == "month" ? UsagePeriod.Month : UsagePeriod.Day,
            Channels.Any(known => known.Channel.ToString().Equals(channel, StringComparison.OrdinalIgnoreCase))
                ? Enum.Parse<UsageChannel>(channel!, ignoreCase: true)
                : null
        );

    /// <summary>Returns what the Studio calls a channel.</summary>
    public static string NameOf(UsageChannel channel) => Channels.First(known => known.Channel == channel).Name;

    /// <summary>Returns the day or the month of a row, in words.</summary>
    public string PeriodOf(UsageRow row) =>
        row.From.ToString(By is UsagePeriod.Day ? "d MMM yyyy" : "MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>Returns a day as a form holds it.</summary>
    public static string? Write(DateOnly? day) => day?.ToString("O", CultureInfo.InvariantCulture);

    private static DateOnly? Read(string? text) =>
        DateOnly.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}

/// <summary>Describes use in words.</summary>
internal static class UsageWords
{
    private static readonly string[] Units = ["B", "kB", "MB", "GB", "TB"];

    /// <summary>Returns a number of bytes with a unit.</summary>
    public static string Bytes(double bytes)
    {
        var unit = 0;
        while (bytes >= 1000 && unit < Units.Length - 1)
        {
            (bytes, unit) = (bytes / 1000, unit + 1);
        }

        return bytes.ToString(unit == 0 ? "N0" : "N1", CultureInfo.InvariantCulture) + " " + Units[unit];
    }
}
