using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Cms.Data;

/// <summary>
/// Increments the version of every versioned row that is saved, so that two editors cannot overwrite each other's
/// changes without noticing.
/// </summary>
public sealed class VersionInterceptor : SaveChangesInterceptor
{
    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    )
    {
        foreach (var entry in eventData.Context!.ChangeTracker.Entries())
        {
            if (
                entry.State is EntityState.Added or EntityState.Modified
                && entry.Metadata.FindProperty("Version") is { } version
            )
            {
                var property = entry.Property(version);
                property.CurrentValue = (int)property.CurrentValue! + 1;
            }
        }

        return ValueTask.FromResult(result);
    }
}
