using System.Security.Cryptography;
using Cms.Data;
using Cms.Foundation;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Partners.Takedowns.Receipts;

/// <summary>
/// Signs receipts with the newest key that can be decrypted. The first receipt makes a key. Two servers that make one at
/// the same time publish both.
/// </summary>
public sealed class SignReceipts(
    CmsDatabase database,
    IDbContextFactory<CmsDbContext> databases,
    Vault vault,
    TimeProvider clock
)
{
    /// <summary>Returns each text as JWS in the compact form (RFC 7515).</summary>
    public async Task<List<string>> Handle(IReadOnlyList<string> receipts, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var newest = await db
            .ReceiptKeys.AsNoTracking()
            .OrderByDescending(k => k.CreatedAt)
            .ThenBy(k => k.Id)
            .FirstOrDefaultAsync(cancellationToken);
        try
        {
            if (newest is not null)
            {
                return Sign(newest);
            }
        }
        catch (CryptographicException)
        {
            // The server's keys were lost, so a new key signs from now on.
        }

        var made = await database.WriteAsync<ReceiptKey>(
            Actor.Server.For("createReceiptKey"),
            (db, _) =>
            {
                var key = ReceiptKey.New(vault, clock.Now());
                db.Add(key);
                return Task.FromResult<GraphQL.Result<ReceiptKey>>(key);
            },
            cancellationToken
        );
        return Sign(made.Value!);

        List<string> Sign(ReceiptKey key) => [.. receipts.Select(receipt => key.Sign(vault, receipt))];
    }
}
