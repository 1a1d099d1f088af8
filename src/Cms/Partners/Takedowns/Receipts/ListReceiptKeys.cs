using System.Text.Json;
using Cms.Data;
using Microsoft.EntityFrameworkCore;

namespace Cms.Partners.Takedowns.Receipts;

/// <summary>Lists the public keys that verify receipts, as a JWK set (RFC 7517), newest first.</summary>
public sealed class ListReceiptKeys(IDbContextFactory<CmsDbContext> databases, DatabaseAvailability availability)
{
    private const int Most = 100;

    /// <returns>The set as JSON; null if no receipt was signed yet.</returns>
    /// <exception cref="DatabaseUnavailableException">The database does not respond.</exception>
    public Task<string?> Handle(CancellationToken cancellationToken) =>
        availability.RunAsync(
            async token =>
            {
                await using var db = await databases.CreateDbContextAsync(token);
                var keys = await db
                    .ReceiptKeys.OrderByDescending(k => k.CreatedAt)
                    .ThenBy(k => k.Id)
                    .Select(k => new
                    {
                        kty = "EC",
                        crv = "P-256",
                        use = "sig",
                        alg = "ES256",
                        kid = k.Id,
                        x = k.X,
                        y = k.Y,
                    })
                    .Take(Most)
                    .ToListAsync(token);
                return keys.Count == 0 ? null : JsonSerializer.Serialize(new { keys });
            },
            cancellationToken
        );
}
