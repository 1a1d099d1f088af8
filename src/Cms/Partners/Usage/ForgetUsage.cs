using Cms.Data;
using Cms.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Cms.Partners.Usage;

/// <summary>Deletes the counts of articles after 30 days, and the sums of days after 25 months.</summary>
public sealed class ForgetUsage(IDbContextFactory<CmsDbContext> databases, TimeProvider clock)
{
    /// <summary>For how many days the counts of articles are kept.</summary>
    public const int KeptDays = 30;

    /// <summary>For how many months the sums of days are kept.</summary>
    public const int KeptMonths = 25;

    public async Task Handle(CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(clock.Now().UtcDateTime);
        var (rows, days) = (today.AddDays(-KeptDays), today.AddMonths(-KeptMonths));
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.PartnerUsage.Where(u => u.Day < rows).ExecuteDeleteAsync(cancellationToken);
        await db.PartnerUsageDays.Where(u => u.Day < days).ExecuteDeleteAsync(cancellationToken);
    }
}
