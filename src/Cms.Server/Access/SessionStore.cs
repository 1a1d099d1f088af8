using System.Security.Cryptography;
using System.Text;
using Cms.Access;
using Cms.Data;
using Cms.Foundation;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.Tokens;

namespace Cms.Server.Access;

/// <summary>Stores browser sessions in the database. The cookie contains only a random key.</summary>
internal sealed class SessionStore(
    IDbContextFactory<CmsDbContext> databases,
    CmsDatabase database,
    IDataProtectionProvider protection,
    SessionEnds ends,
    IDatabaseProvider provider,
    DatabaseAvailability availability,
    TimeProvider clock
) : ITicketStore
{
    /// <summary>How long a session lasts. The person's roles do not change during that time.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(8);

    /// <summary>The ticket parameter that contains the session's hash. It is not stored.</summary>
    public const string Session = "cms.session";

    private readonly IDataProtector _protector = protection.CreateProtector("Cms.Access.BrowserSession");

    public async Task<string> StoreAsync(AuthenticationTicket ticket)
    {
        var key = Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));
        var now = clock.Now();
        var session = new BrowserSession
        {
            Hash = HashOf(key),
            TenantId = IdOf(ticket, "tid"),
            ObjectId = IdOf(ticket, "oid"),
            Ticket = Protected(ticket),
            ExpiresAt = ExpiryOf(ticket),
        };
        var actor = BrowserSignIn.ViewerOf(ticket.Principal, new(session.TenantId, session.ObjectId)).ToActor();
        await database.WriteAsync<string>(
            actor,
            async (db, token) =>
            {
                // Each sign-in also deletes the sessions that have expired.
                await db.BrowserSessions.Where(s => s.ExpiresAt < now).ExecuteDeleteAsync(token);
                db.Add(session);
                db.RecordSignIn(actor);
                return session.Hash;
            },
            CancellationToken.None
        );
        return key;
    }

    public async Task RenewAsync(string key, AuthenticationTicket ticket)
    {
        var hash = HashOf(key);
        var (renewed, expiresAt) = (Protected(ticket), ExpiryOf(ticket));
        await WriteAsync(
            (db, token) =>
                db
                    .BrowserSessions.Where(session => session.Hash == hash)
                    .ExecuteUpdateAsync(
                        set => set.SetProperty(s => s.Ticket, renewed).SetProperty(s => s.ExpiresAt, expiresAt),
                        token
                    )
        );
    }

    public async Task<AuthenticationTicket?> RetrieveAsync(string key)
    {
        var hash = HashOf(key);
        var found = await availability.RunAsync(token => FindAsync(hash, token), CancellationToken.None);
        try
        {
            var ticket = found is null
                ? null
                : TicketSerializer.Default.Deserialize(_protector.Unprotect(Convert.FromBase64String(found)));
            ticket?.Properties.SetParameter(Session, hash);
            return ticket;
        }
        catch (CryptographicException lost) when (provider.FaultOf(lost) is DatabaseFault.None)
        {
            // The key that protected the ticket no longer exists, so the person must sign in again.
            return null;
        }
    }

    private async Task<string?> FindAsync(string hash, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db
            .BrowserSessions.AsNoTracking()
            .Where(session => session.Hash == hash && session.ExpiresAt > now)
            .Select(session => session.Ticket)
            .SingleOrDefaultAsync(cancellationToken);
    }

    public async Task RemoveAsync(string key)
    {
        var hash = HashOf(key);
        await WriteAsync(
            (db, token) => db.BrowserSessions.Where(session => session.Hash == hash).ExecuteDeleteAsync(token)
        );
        ends.Tell(hash);
    }

    private Task<int> WriteAsync(Func<CmsDbContext, CancellationToken, Task<int>> write) =>
        availability.RunAsync(
            async token =>
            {
                await using var db = await databases.CreateDbContextAsync(token);
                return await write(db, token);
            },
            CancellationToken.None
        );

    private string Protected(AuthenticationTicket ticket) =>
        Convert.ToBase64String(_protector.Protect(TicketSerializer.Default.Serialize(ticket)));

    private DateTimeOffset ExpiryOf(AuthenticationTicket ticket) =>
        (ticket.Properties.ExpiresUtc ?? clock.Now() + Lifetime).ToMilliseconds();

    private static Guid IdOf(AuthenticationTicket ticket, string claim) =>
        Guid.ParseExact(ticket.Principal.FindFirst(claim)!.Value, "d");

    private static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
