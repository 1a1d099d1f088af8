using System.Globalization;
using Cms.Articles;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL.Execution;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Audit;

/// <summary>
/// Appends what the transaction changed to the audit log. It is the last step, after the changes are numbered: every
/// transaction locks the rows that it changes first, then the change counter, then the audit counter.
/// </summary>
internal sealed class WriteAudit(TimeProvider clock) : ICommitStep
{
    // More changed subjects than this are counted in an entry, but not listed.
    private const int MaxOthers = 20;

    // The counter's row stays locked until the commit, so that numbers follow commit order and each entry contains the
    // hash of the one before it.
    public async Task BeforeCommitAsync(CmsDbContext db, Actor actor, CancellationToken cancellationToken)
    {
        if (db.Audit.IsEmpty || Drafts(db, actor) is not [_, ..] drafts)
        {
            return;
        }

        var count = drafts.Count;
        await db
            .AuditCounters.Where(c => c.Id == 1)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.Seq, c => c.Seq + count), cancellationToken);
        var counter = await db.AuditCounters.SingleAsync(c => c.Id == 1, cancellationToken);
        var now = clock.Now();
        var first = counter.Seq - count + 1;
        foreach (var (index, draft) in drafts.Index())
        {
            var entry = draft.Entry(first + index, now, actor, counter.Hash);
            db.Add(entry);
            counter.Hash = entry.Hash;
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    private static List<Draft> Drafts(CmsDbContext db, Actor actor)
    {
        List<Draft> drafts =
        [
            .. db.Audit.Notes.Select(note => new Draft(
                note.Action,
                note.Subject,
                null,
                note.Summary,
                note.Before,
                note.After
            )),
        ];
        var action = ActionOf(actor);
        var changes = db.Audit.Changes(db);
        if (db.Audit.IsForEach)
        {
            drafts.AddRange(changes.Select(change => Of(change, [], action, actor)));
        }
        else if (changes.Count > 0)
        {
            var subject = db.Audit.Subject ?? (db.Result as IAudited)?.AuditSubject;
            var main =
                changes.Find(change => change.Subject == subject)
                ?? changes.Find(change => change.Article?.ToString() == change.Subject)
                ?? changes[0];
            drafts.Add(Of(main, [.. changes.Where(change => change != main)], action, actor));
        }

        return drafts;
    }

    private static string ActionOf(Actor actor) =>
        actor.Operation
        ?? ClientMutation.CurrentField
        ?? actor.Contributor.Kind switch
        {
            ContributorKind.Import => "import",
            ContributorKind.Server => "server",
            _ => "write",
        };

    private static Draft Of(AuditChange main, List<AuditChange> others, string action, Actor actor)
    {
        var (before, after) = (With(main.Before, others, c => c.Before), With(main.After, others, c => c.After));
        return new Draft(
            action,
            main.Subject,
            main.Article,
            SummaryOf(main, others.Count, action, actor),
            before,
            after
        );
    }

    private static SortedDictionary<string, object?>? With(
        SortedDictionary<string, object?>? fields,
        List<AuditChange> others,
        Func<AuditChange, SortedDictionary<string, object?>?> fieldsOf
    )
    {
        var listed = others
            .Take(MaxOthers)
            .Select(other => (other.Subject, Fields: fieldsOf(other)))
            .Where(other => other.Fields is { Count: > 0 })
            .ToList();
        if (listed.Count == 0 && others.Count <= MaxOthers)
        {
            return fields;
        }

        var all = AuditFields.Empty();
        foreach (var (name, value) in fields ?? AuditFields.Empty())
        {
            all[name] = value;
        }

        var inner = AuditFields.Empty();
        foreach (var (subject, value) in listed)
        {
            inner[subject] = value;
        }

        all["others"] = inner;
        if (others.Count > MaxOthers)
        {
            all["othersNotListed"] = (long)(others.Count - MaxOthers);
        }

        return all;
    }

    private static string SummaryOf(AuditChange main, int others, string action, Actor actor)
    {
        var subject = main.Name is { } name ? $"{main.Subject} ({name})" : main.Subject;
        var what =
            main.Before is null ? $"created {subject}"
            : main.After is null ? $"deleted {subject}"
            : $"changed {string.Join(", ", main.Before.Keys.Union(main.After.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))} of {subject}";
        var more = others switch
        {
            0 => "",
            1 => " and 1 more",
            _ => string.Create(CultureInfo.InvariantCulture, $" and {others} more"),
        };
        return $"{NameOf(actor)} {what}{more} with {action}.";
    }

    private static string NameOf(Actor actor) => actor.Name ?? actor.Contributor.Name;

    private sealed record Draft(
        string Action,
        string Subject,
        ArticleId? Article,
        string Summary,
        IReadOnlyDictionary<string, object?>? Before,
        IReadOnlyDictionary<string, object?>? After
    )
    {
        public AuditEntry Entry(long seq, DateTimeOffset now, Actor actor, string previous) =>
            new AuditEntry
            {
                Seq = seq,
                At = now,
                ActorKey = actor.Key,
                ActorName = Line(NameOf(actor), AuditEntry.MaxName),
                Via = ViaOf(actor),
                Action = Action,
                Subject = Subject,
                ArticleId = Article,
                Summary = Line(Summary, AuditEntry.MaxSummary),
                Before = Before is null ? null : CanonicalJson.Write(Before),
                After = After is null ? null : CanonicalJson.Write(After),
                PreviousHash = previous,
            }.Seal();

        private static AuditVia ViaOf(Actor actor) =>
            actor.Contributor.Kind switch
            {
                ContributorKind.Import => AuditVia.Import,
                ContributorKind.Server => AuditVia.Server,
                _ when ClientMutation.CurrentField is null => AuditVia.Http,
                _ => AuditVia.Mutation,
            };

        private static string Line(string text, int max)
        {
            var line = AuditFields.Valid(PlainLine.Of(text));
            return line.Length <= max ? line : PlainLine.Cut(line, max - 1) + "…";
        }
    }
}
