using System.Runtime.CompilerServices;
using Cms.Data;
using Microsoft.EntityFrameworkCore;

namespace Cms.Audit;

/// <summary>
/// Exports the audit log, oldest entry first: each entry as one line of canonical JSON (RFC 8785) with its hash.
/// </summary>
public sealed class ExportAudit(IDbContextFactory<CmsDbContext> databases)
{
    public async IAsyncEnumerable<string> Handle([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entry in databases.AuditEntriesAsync(cancellationToken))
        {
            yield return entry.ToLine();
        }
    }
}
