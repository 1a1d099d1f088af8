namespace Cms.Import;

/// <summary>What a key says about publishing.</summary>
internal enum PublicationKey
{
    None,

    /// <summary>Whether the item may be published.</summary>
    Status,

    /// <summary>When the item is published.</summary>
    Schedule,

    /// <summary>The time before which the item must not be published.</summary>
    Embargo,
}

/// <summary>
/// Keys that people write to prevent or delay the publication of a story. Import must understand such a key or reject
/// the story. If it ignored the key, it would publish a story that must not be public.
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

    /// <summary>Suggests front matter to write in place of an unknown key; empty if there is no suggestion.</summary>
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

    /// <summary>Returns the key in lower case, with only its letters and digits.</summary>
    public static string Plain(string key) =>
        string.Concat(key.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant));
}
