using System.Runtime.CompilerServices;
using Cms.Data;
using Microsoft.EntityFrameworkCore;

namespace Cms.Audit;

/// <summary>The end of the audit log at some time: the number and the hash of its last entry.</summary>
/// <param name="Seq">The number; 0 for an empty log.</param>
/// <param name="Hash">The hash.</param>
public sealed record AuditHead(long Seq, string Hash);

/// <summary>The result of checking the audit log.</summary>
/// <param name="Entries">The number of entries that were read.</param>
/// <param name="Head">The end of the log.</param>
/// <param name="Faults">What is wrong, each in a sentence that names the entry; empty if the log is whole.</param>
public sealed record AuditVerdict(long Entries, AuditHead Head, IReadOnlyList<string> Faults);

/// <summary>
/// Checks every entry of the audit log against its hash, the entry before it and the counter. Without an exported head,
/// nothing shows that the newest entries were removed by somebody who also changed the counter.
/// </summary>
public sealed class VerifyAudit(IDbContextFactory<CmsDbContext> databases)
{
    /// <summary>The check stops after this many faults.</summary>
    public const int MaxFaults = 100;

    // How far from its place a moved entry is looked for.
    private const int MaxDistance = 1_000;

    /// <param name="exported">A head that was exported earlier; null if there is none.</param>
    /// <param name="cancellationToken">Cancels the check.</param>
    public async Task<AuditVerdict> Handle(AuditHead? exported, CancellationToken cancellationToken)
    {
        var check = new Check(exported);
        await foreach (var entry in databases.AuditEntriesAsync(cancellationToken))
        {
            check.Read(entry);
            if (check.Faults.Count >= MaxFaults)
            {
                return check.Verdict();
            }
        }

        // The counter is read after the entries. Entries that were written meanwhile are later than those.
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var last = check.Head.Seq;
        var counter = await db.AuditCounters.AsNoTracking().SingleOrDefaultAsync(c => c.Id == 1, cancellationToken);
        var continues = await db.AuditEntries.AnyAsync(e => e.Seq == last + 1, cancellationToken);
        check.End(counter, continues);
        return check.Verdict();
    }

    private sealed class Check(AuditHead? exported)
    {
        private long _entries;
        private bool _isHeadFound = exported is null or { Seq: 0 };

        public List<string> Faults { get; } = [];

        public AuditHead Head { get; private set; } = new(0, AuditEntry.FirstHash);

        public void Read(AuditEntry entry)
        {
            _entries++;
            if (entry.Seq != Head.Seq + 1)
            {
                Add(Missing(Head.Seq + 1, entry.Seq - 1));
            }

            if (entry.ComputeHash() != entry.Hash)
            {
                Add(Mismatch(entry.Seq, PlaceOf(entry)));
            }
            else if (entry.Seq == Head.Seq + 1 && entry.PreviousHash != Head.Hash)
            {
                Add(
                    $"Entry {entry.Seq} does not continue entry {Head.Seq}: one of them was replaced, or entries between them were removed."
                );
            }

            if (entry.Seq == exported?.Seq)
            {
                _isHeadFound = true;
                if (entry.Hash != exported.Hash)
                {
                    Add($"Entry {entry.Seq} is not the one of the exported head: the log was rewritten.");
                }
            }

            Head = new AuditHead(entry.Seq, entry.Hash);
        }

        public void End(AuditCounter? counter, bool continues)
        {
            if (counter is null)
            {
                Add($"The counter of the log is missing.");
            }
            else if (!continues && counter.Seq > Head.Seq)
            {
                Add(Missing(Head.Seq + 1, counter.Seq, " The end of the log was removed."));
            }
            else if (counter.Seq < Head.Seq)
            {
                Add($"Entry {counter.Seq + 1} and later ones were inserted: the counter ends at {counter.Seq}.");
            }
            else if (counter.Seq == Head.Seq && counter.Hash != Head.Hash)
            {
                Add($"Entry {Head.Seq} is not the last one that was written: the counter has a different hash.");
            }

            if (!_isHeadFound)
            {
                Add(
                    $"The log ends at entry {Head.Seq}, before the exported head, which is entry {exported!.Seq}: the end of the log was removed."
                );
            }
        }

        public AuditVerdict Verdict() => new(_entries, Head, Faults);

        private void Add(FormattableString fault) => Faults.Add(FormattableString.Invariant(fault));

        private static FormattableString Missing(long first, long last, string more = "")
        {
            if (first == last)
            {
                return $"Entry {first} is missing.{more}";
            }

            return $"Entries {first} to {last} are missing.{more}";
        }

        private static FormattableString Mismatch(long seq, long? place)
        {
            if (place is { } written)
            {
                return $"Entry {written} is stored as number {seq}: entries were moved, inserted or removed.";
            }

            return $"Entry {seq} was changed: its content does not have its hash.";
        }

        // The number with which the entry was written; null if the entry itself was changed.
        private static long? PlaceOf(AuditEntry entry)
        {
            for (var distance = 1; distance <= MaxDistance; distance++)
            {
                foreach (var place in new[] { entry.Seq - distance, entry.Seq + distance })
                {
                    if (place > 0 && entry.ComputeHash(place) == entry.Hash)
                    {
                        return place;
                    }
                }
            }

            return null;
        }
    }
}

internal static class AuditReading
{
    private const int Batch = 500;

    extension(IDbContextFactory<CmsDbContext> databases)
    {
        /// <summary>Reads the whole log, oldest first, a batch at a time.</summary>
        public async IAsyncEnumerable<AuditEntry> AuditEntriesAsync(
            [EnumeratorCancellation] CancellationToken cancellationToken
        )
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            var last = long.MinValue;
            while (true)
            {
                var entries = await db
                    .AuditEntries.AsNoTracking()
                    .Where(entry => entry.Seq > last)
                    .OrderBy(entry => entry.Seq)
                    .Take(Batch)
                    .ToListAsync(cancellationToken);
                foreach (var entry in entries)
                {
                    last = entry.Seq;
                    yield return entry;
                }

                if (entries.Count < Batch)
                {
                    yield break;
                }
            }
        }
    }
}
