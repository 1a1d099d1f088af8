using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Cms.Audit;

/// <summary>
/// Collects what one transaction changes, for the entries of the audit log that are written at its end. An operation
/// needs it only if the entry should say something that the changed rows do not.
/// </summary>
internal sealed class AuditTrail
{
    private readonly Dictionary<IAudited, Seen> _seen = new(ReferenceEqualityComparer.Instance);
    private readonly List<Seen> _order = [];
    private readonly Dictionary<(string Subject, string Part), IAudited> _former = [];
    private readonly List<AuditNote> _notes = [];

    /// <summary>Whether the transaction has nothing to record.</summary>
    public bool IsEmpty => IsSkipped || (_order.Count == 0 && _notes.Count == 0);

    /// <summary>The entries that the operation has added itself.</summary>
    public IReadOnlyList<AuditNote> Notes => _notes;

    /// <summary>The subject that the operation chose; null if it follows from what was changed.</summary>
    public string? Subject { get; private set; }

    /// <summary>Whether each changed subject gets an entry of its own.</summary>
    public bool IsForEach { get; private set; }

    private bool IsSkipped { get; set; }

    /// <summary>Names the subject of the entry, if the operation changes several and returns a different one.</summary>
    public void About(IAudited subject) => Subject = subject.AuditSubject;

    /// <summary>Writes an entry for each changed subject, because the operation is one act for each of them.</summary>
    public void ForEach() => IsForEach = true;

    /// <summary>
    /// Writes no entry, because the change continues one that has an entry, such as an autosave that is folded into the
    /// one before it.
    /// </summary>
    public void Skip() => IsSkipped = true;

    /// <summary>Adds an entry about an act that changes no audited entity.</summary>
    public void Add(AuditNote note) => _notes.Add(note);

    /// <summary>
    /// Remembers the current row of a part that each change replaces by a new row, so that the entry can compare both.
    /// </summary>
    public void Remember(IAudited part) => _former.TryAdd((part.AuditSubject, part.AuditPart!), part);

    /// <summary>Records the state of a row before it is saved.</summary>
    public void Collect(EntityEntry entry, IAudited entity)
    {
        if (_seen.TryGetValue(entity, out var seen))
        {
            seen.IsDeleted |= entry.State is EntityState.Deleted;
            return;
        }

        seen = new Seen(entry, entity, entry.State is EntityState.Added ? null : AuditFields.Of(entry, original: true))
        {
            IsDeleted = entry.State is EntityState.Deleted,
        };
        _seen.Add(entity, seen);
        _order.Add(seen);
    }

    public void Clear()
    {
        _seen.Clear();
        _order.Clear();
        _former.Clear();
        _notes.Clear();
        (Subject, IsForEach, IsSkipped) = (null, false, false);
    }

    /// <summary>Returns what was changed, by subject, in the order in which it was saved.</summary>
    /// <param name="db">The context of the transaction.</param>
    public List<AuditChange> Changes(DbContext db)
    {
        List<AuditChange> changes = [];
        foreach (var group in _order.GroupBy(seen => seen.Entity.AuditSubject, StringComparer.Ordinal))
        {
            var root = group.FirstOrDefault(seen => seen.Entity.AuditPart is null);
            var (before, after) = root is null
                ? (AuditFields.Empty(), AuditFields.Empty())
                : root.Difference(former: null);
            foreach (var part in group.Where(seen => seen.Entity.AuditPart is not null).OrderBy(seen => !seen.IsNew))
            {
                AddPart(db, group.Key, part, before, after);
            }

            if (root is { IsDeleted: true })
            {
                foreach (var (_, former) in _former.Where(f => f.Key.Subject == group.Key))
                {
                    before[former.AuditPart!] = AuditFields.Of(db.Entry(former), original: false);
                }
            }

            if (before.Count > 0 || after.Count > 0)
            {
                var about = (root ?? group.First()).Entity;
                changes.Add(
                    new AuditChange(
                        group.Key,
                        about.AuditArticle,
                        about.AuditName,
                        root is { IsNew: true } ? null : before,
                        root is { IsDeleted: true } ? null : after
                    )
                );
            }
        }

        return changes;
    }

    private void AddPart(
        DbContext db,
        string subject,
        Seen part,
        SortedDictionary<string, object?> before,
        SortedDictionary<string, object?> after
    )
    {
        var name = part.Entity.AuditPart!;
        var former =
            part.IsNew && _former.TryGetValue((subject, name), out var row) && !ReferenceEquals(row, part.Entity)
                ? AuditFields.Of(db.Entry(row), original: false)
                : null;
        var (was, now) = part.Difference(former);
        if (was.Count == 0 && now.Count == 0)
        {
            return;
        }

        // A second part of the same kind, such as a new edition and the one that it replaces, is listed after the first.
        for (var (key, number) = (name, 2); ; key = $"{name}{number++}")
        {
            if (before.ContainsKey(key) || after.ContainsKey(key))
            {
                continue;
            }

            if (was.Count > 0)
            {
                before[key] = was;
            }

            if (now.Count > 0)
            {
                after[key] = now;
            }

            return;
        }
    }

    private sealed class Seen(EntityEntry entry, IAudited entity, SortedDictionary<string, object?>? before)
    {
        // A part keeps these, so that the entry says which part was changed.
        private static readonly string[] Names = ["id", "number"];

        public IAudited Entity => entity;

        public bool IsNew => before is null;

        public bool IsDeleted { get; set; }

        public (SortedDictionary<string, object?> Before, SortedDictionary<string, object?> After) Difference(
            SortedDictionary<string, object?>? former
        )
        {
            var was = before ?? former;
            var now = IsDeleted ? null : AuditFields.Of(entry, original: false);
            if (was is null || now is null)
            {
                return (was ?? AuditFields.Empty(), now ?? AuditFields.Empty());
            }

            var (left, right) = AuditFields.Difference(was, now);
            if (left.Count > 0 && entity.AuditPart is not null)
            {
                foreach (var name in Names)
                {
                    if (was.TryGetValue(name, out var old) && now.TryGetValue(name, out var current))
                    {
                        (left[name], right[name]) = (old, current);
                    }
                }
            }

            return (left, right);
        }
    }
}

/// <summary>What a transaction changed of one subject.</summary>
/// <param name="Subject">The subject's id.</param>
/// <param name="Article">The article whose history contains the change; null if there is none.</param>
/// <param name="Name">What the subject is called; null if its id is enough.</param>
/// <param name="Before">The fields before; null for a new subject.</param>
/// <param name="After">The fields after; null for a deleted subject.</param>
internal sealed record AuditChange(
    string Subject,
    Articles.ArticleId? Article,
    string? Name,
    SortedDictionary<string, object?>? Before,
    SortedDictionary<string, object?>? After
);
