namespace Cms.Import;

/// <summary>Which question about publishing a key answers.</summary>
internal enum PublicationKey
{
    None,

    /// <summary>Whether it may be published.</summary>
    Status,

    /// <summary>When it is published.</summary>
    Schedule,

    /// <summary>Before when it may not be published.</summary>
    Embargo,
}

/// <summary>
/// Keys that people write to say that a story is not to be published, or not yet. Import must understand such a key or refuse the
/// story: a key that it ignored would publish what somebody held back.
/// </summary>
internal static class PublicationKeys
{
    public static PublicationKey Of(string key) =>
        Plain(key) switch
        {
            "usable"
            or "draft"
            or "isdraft"
            or "published"
            or "ispublished"
            or "unpublished"
            or "publish"
            or "public"
            or "hidden"
            or "private"
            or "unlisted"
            or "visibility"
            or "withheld"
            or "hold"
            or "onhold"
            or "canceled"
            or "cancelled"
            or "kill"
            or "killed"
            or "spike"
            or "spiked"
            or "delete"
            or "deleted"
            or "withdrawn"
            or "retracted"
            or "live"
            or "islive"
            or "state" => PublicationKey.Status,
            "schedule"
            or "scheduled"
            or "scheduledat"
            or "scheduledfor"
            or "publishat"
            or "publishedat"
            or "publishon"
            or "publishafter"
            or "publishdate"
            or "publishtime"
            or "publicationdate"
            or "publicationtime"
            or "pubdate"
            or "golive"
            or "goliveat"
            or "availableat"
            or "availablefrom"
            or "releaseat"
            or "releasedate"
            or "notbefore"
            or "validfrom" => PublicationKey.Schedule,
            var plain when plain.Contains("embargo", StringComparison.Ordinal) => PublicationKey.Embargo,
            var plain when plain.Contains("status", StringComparison.Ordinal) => PublicationKey.Status,
            _ => PublicationKey.None,
        };

    /// <summary>How front matter says it, for a key that it does not have; empty where that is no question of publishing.</summary>
    public static string Hint(string key, IReadOnlyList<string> known) =>
        !known.Contains("status", StringComparer.Ordinal)
            ? ""
            : Of(key) switch
            {
                PublicationKey.Status => "Write status: draft for a story that is not to be published. ",
                PublicationKey.Schedule =>
                    "Write status: draft and scheduledAt: 2026-04-23T09:00:00Z for a story that is published later. ",
                PublicationKey.Embargo =>
                    "Write embargoUntil: 2026-04-23T09:00:00Z for a story that nobody may publish before that time. ",
                _ => "",
            };

    /// <summary>Without case and without what joins words.</summary>
    public static string Plain(string key) =>
        string.Concat(key.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant));
}
