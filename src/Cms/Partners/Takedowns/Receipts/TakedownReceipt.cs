using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Cms.Articles;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Partners.Deliveries;
using Cms.Reading;
using Microsoft.EntityFrameworkCore;

namespace Cms.Partners.Takedowns.Receipts;

/// <summary>Proves who received a withdrawn article, and who confirmed that every copy is deleted.</summary>
/// <param name="Json">The receipt as JSON.</param>
/// <param name="Jws">
/// The same bytes, signed: JWS in the compact form (RFC 7515) with ES256. The public keys are at
/// `/.well-known/cms-receipts/jwks.json`.
/// </param>
public sealed record TakedownReceipt(string Json, string Jws);

[ObjectType<TakedownReceipt>]
public static class TakedownReceiptNode;

/// <summary>Makes receipts of takedowns.</summary>
public sealed class ReceiptOfTakedown(ReadContexts contexts, SignReceipts sign, TimeProvider clock)
    : BatchLoader<EditionId, TakedownReceipt>
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseUpper) },
    };

    protected override async Task<Dictionary<EditionId, TakedownReceipt>> ReadAsync(
        List<EditionId> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        var receipts = await ContentsAsync(keys, cancellationToken);
        var texts = receipts.ConvertAll(receipt => JsonSerializer.Serialize(receipt.Content, Readable));
        var signed = await sign.Handle(texts, cancellationToken);
        return receipts
            .Select((receipt, i) => (receipt.Id, Receipt: new TakedownReceipt(texts[i], signed[i])))
            .ToDictionary(made => made.Id, made => made.Receipt);
    }

    private async Task<List<(EditionId Id, Content Content)>> ContentsAsync(
        List<EditionId> keys,
        CancellationToken cancellationToken
    )
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        var db = lease.Db;
        var takedowns = await db
            .Takedowns.AsNoTracking()
            .Where(t => keys.Contains(t.Id))
            .ToListAsync(cancellationToken);
        var received = (
            await db.Received.Where(r => keys.Contains(r.TakedownId)).ToListAsync(cancellationToken)
        ).ToLookup(r => r.TakedownId);
        var acknowledged = await db
            .TakedownAcknowledgements.AsNoTracking()
            .Where(a => keys.Contains(a.TakedownId))
            .ToDictionaryAsync(a => (a.TakedownId, a.PartnerId), cancellationToken);
        var ids = received.SelectMany(group => group).Select(r => r.PartnerId).Distinct().ToList();
        var names = await db
            .Partners.Where(p => ids.Contains(p.Id))
            .ToDictionaryAsync(p => p.Id, p => p.Name, cancellationToken);
        var now = Iso(clock.Now());
        return takedowns.ConvertAll(takedown =>
            (
                takedown.Id,
                new Content(
                    takedown.Id.ToString(),
                    takedown.ArticleId.ToString(),
                    takedown.Kind,
                    takedown.Reason,
                    Iso(takedown.WithdrawnAt),
                    takedown.WithdrawnBy,
                    takedown.AcknowledgeBy is { } by ? Iso(by) : null,
                    now,
                    [
                        .. received[takedown.Id]
                            .GroupBy(r => r.PartnerId)
                            .OrderBy(group => names[group.Key], StringComparer.Ordinal)
                            .ThenBy(group => group.Key.Value)
                            .Select(group => new Recipient(
                                group.Key.ToString(),
                                names[group.Key],
                                [
                                    .. group
                                        .OrderBy(r => r.FirstAt)
                                        .ThenBy(r => r.EditionId.Value)
                                        .Select(r => new Received(
                                            r.EditionId.ToString(),
                                            r.Number,
                                            Iso(r.FirstAt),
                                            r.Channel,
                                            Iso(r.LastAt)
                                        )),
                                ],
                                acknowledged.TryGetValue((takedown.Id, group.Key), out var confirmed)
                                    ? new Confirmed(Iso(confirmed.At), confirmed.Channel, confirmed.By)
                                    : null
                            )),
                    ]
                )
            )
        );
    }

    private static string Iso(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    private sealed record Content(
        string Takedown,
        string Article,
        WithdrawalKind Kind,
        string Reason,
        string WithdrawnAt,
        string? WithdrawnBy,
        string? AcknowledgeBy,
        string IssuedAt,
        IReadOnlyList<Recipient> Partners
    );

    private sealed record Recipient(
        string Partner,
        string Name,
        IReadOnlyList<Received> Editions,
        Confirmed? Acknowledged
    );

    private sealed record Received(string Edition, int Number, string FirstAt, DeliveryChannel Channel, string LastAt);

    private sealed record Confirmed(string At, AcknowledgementChannel Channel, string By);
}
