using System.Xml.Linq;
using Cms.Access;
using Cms.Data;
using Cms.GraphQL;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;

namespace Cms.Server.Access;

/// <summary>
/// Stores the keys that protect cookies in the database, so that servers can read each other's cookies.
/// </summary>
internal sealed class KeyRing(IDbContextFactory<CmsDbContext> databases, DatabaseAvailability availability)
    : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() => [.. Await(ReadAsync).Select(XElement.Parse)];

    public void StoreElement(XElement element, string friendlyName) =>
        Await(token =>
            AddAsync(
                new ProtectionKey { Name = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) },
                token
            )
        );

    // The interface is synchronous. Database calls are asynchronous, so that they can be abandoned if they hang.
    private T Await<T>(Func<CancellationToken, Task<T>> work) =>
        availability.RunAsync(work, CancellationToken.None).GetAwaiter().GetResult();

    private async Task<List<string>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db
            .ProtectionKeys.AsNoTracking()
            .OrderBy(key => key.Id)
            .Select(key => key.Xml)
            .ToListAsync(cancellationToken);
    }

    private async Task<int> AddAsync(ProtectionKey key, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        db.Add(key);
        return await db.SaveChangesAsync(cancellationToken);
    }
}
