using System.Text.RegularExpressions;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Audit;

/// <summary>An entry of the audit log: who did what, and which values changed.</summary>
[ObjectType<AuditEntry>(
    Bind = Bind.Explicit,
    Fields = [
        nameof(AuditEntry.At),
        nameof(AuditEntry.ActorName),
        nameof(AuditEntry.Via),
        nameof(AuditEntry.Action),
        nameof(AuditEntry.Subject),
        nameof(AuditEntry.ArticleId),
        nameof(AuditEntry.Summary),
        nameof(AuditEntry.PreviousHash),
        nameof(AuditEntry.Hash),
    ]
)]
public static partial class AuditEntryNode
{
    /// <summary>The entry's number. Numbers start at 1 and have no gaps.</summary>
    public static int GetNumber([Parent(nameof(AuditEntry.Seq))] AuditEntry entry) => checked((int)entry.Seq);

    /// <summary>
    /// The person who did it: the tenant id and the object id in Entra ID, separated by a slash. Null if no person did.
    /// </summary>
    [Authorize(Policies.Admin)]
    public static string? GetActorKey([Parent(nameof(AuditEntry.ActorKey))] AuditEntry entry) =>
        entry.ActorKey?.ToString();

    /// <summary>
    /// The changed fields as they were before; null for something new. Texts without a maximum length, such as bodies,
    /// are represented by their SHA-256 hash. Only admins see the ids of people in Entra ID.
    /// </summary>
    public static JsonText? GetBefore([Parent(nameof(AuditEntry.Before))] AuditEntry entry, Viewer viewer) =>
        Shown(entry.Before, viewer);

    /// <summary>
    /// The changed fields as they were afterwards; null for something that was deleted. Only admins see the ids of
    /// people in Entra ID.
    /// </summary>
    public static JsonText? GetAfter([Parent(nameof(AuditEntry.After))] AuditEntry entry, Viewer viewer) =>
        Shown(entry.After, viewer);

    private static JsonText? Shown(string? json, Viewer viewer) =>
        json is null ? null : new JsonText(viewer.Is(Role.Admin) ? json : Key.Replace(json, "…"));

    [GeneratedRegex(
        "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Key { get; }
}

[ObjectType<DeskRoot>]
public static class AuditDesk
{
    /// <summary>Who did what, newest first.</summary>
    /// <param name="where">Selects entries; null for all.</param>
    [Authorize(Policies.Admin)]
    public static async Task<Connection<AuditEntry>?> GetAuditAsync(
        AuditFilterInput? where,
        PageArguments page,
        [Service] ListAudit audit,
        CancellationToken cancellationToken
    ) => await audit.Handle(where, page, cancellationToken);
}
