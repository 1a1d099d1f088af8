using Cms.Changes;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Partners;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Webhooks;

/// <summary>The webhook to add.</summary>
public sealed record CreateWebhookInput : MutationInput
{
    /// <summary>The partner to which the webhook belongs; null for the newsroom. Contacts give their own partner.</summary>
    public PartnerId? Partner { get; init; }

    /// <summary>The address to send to: https, on port 443 or 8443.</summary>
    public required string Url { get; init; }

    /// <summary>What the webhook is for.</summary>
    public string? Description { get; init; }

    /// <summary>
    /// A GraphQL query whose answer is sent. It can use the variables <c>$id: ID!</c> and <c>$seq: Int</c>. Null to send
    /// only what happened. For a partner, <c>$seq</c> is null.
    /// </summary>
    public string? Document { get; init; }

    /// <summary>Whether changes of other public content than articles are sent too. Only for the newsroom.</summary>
    public bool HasOtherContent { get; init; }

    internal WebhookFields Fields() =>
        new()
        {
            Url = Url.Trim(),
            Description = Blank.ToNull(Description),
            Document = Blank.ToNull(Document),
            HasOtherContent = HasOtherContent,
        };
}

/// <summary>Adds a webhook. It sends what happens from then on.</summary>
public sealed class CreateWebhook(
    CmsDatabase database,
    CheckDocument check,
    FollowPartner follow,
    Vault vault,
    WebhookSettings settings,
    TimeProvider clock
)
{
    public async Task<Result<Webhook>> Handle(
        CreateWebhookInput input,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        if (!actor.Manages(input.Partner))
        {
            return new PartnerNotFound(input.Partner ?? default) { Path = ["partner"] };
        }

        var fields = input.Fields();
        if (await check.RefusalsAsync(fields, input.Partner, settings, cancellationToken) is [_, ..] refusals)
        {
            return refusals;
        }

        // What the partner has received already is not sent again.
        if (input.Partner is { } known)
        {
            await follow.Handle(known, cancellationToken);
        }

        return await database.WriteAsync<Webhook>(
            actor,
            async (db, token) =>
            {
                if (input.Partner is { } id && await db.Partners.FindAsync([id], token) is null)
                {
                    return new PartnerNotFound(id) { Path = ["partner"] };
                }

                // Otherwise, two simultaneous mutations would not see each other's webhook.
                await db.LockChangesAsync(token);
                if (await db.Webhooks.CountAsync(w => w.PartnerId == input.Partner, token) >= Webhook.MaxPerOwner)
                {
                    return new TooManyWebhooks(Webhook.MaxPerOwner) { Path = ["partner"] };
                }

                var webhook = Webhook.Create(input.Partner, fields, vault, actor.Contributor, clock.Now());
                var end = await db.EndAsync(webhook, token);
                db.Add(webhook);
                db.Add(
                    new WebhookProgress
                    {
                        WebhookId = webhook.Id,
                        Epoch = end?.Epoch ?? Guid.Empty,
                        Seq = end?.Seq ?? 0,
                    }
                );
                return webhook;
            },
            cancellationToken
        );
    }
}

/// <summary>The changes to a webhook. Omitted fields keep their values; null clears a field.</summary>
public sealed record SaveWebhookInput : MutationInput
{
    /// <summary>The webhook's id.</summary>
    public required WebhookId Id { get; init; }

    /// <summary>The address to send to: https, on port 443 or 8443. It cannot be empty.</summary>
    public Optional<string?> Url { get; init; }

    /// <summary>What the webhook is for.</summary>
    public Optional<string?> Description { get; init; }

    /// <summary>
    /// A GraphQL query whose answer is sent. It can use the variables <c>$id: ID!</c> and <c>$seq: Int</c>. Null to send
    /// only what happened. For a partner, <c>$seq</c> is null.
    /// </summary>
    public Optional<string?> Document { get; init; }

    /// <summary>Whether changes of other public content than articles are sent too. Only for the newsroom.</summary>
    public Optional<bool?> HasOtherContent { get; init; }

    /// <summary>The version that the admin last read; null skips the check for newer changes.</summary>
    public int? ExpectedVersion { get; init; }

    internal WebhookFields Apply(WebhookFields fields) =>
        new()
        {
            Url = Url.Or(fields.Url)?.Trim() ?? "",
            Description = Blank.ToNull(Description.Or(fields.Description)),
            Document = Blank.ToNull(Document.Or(fields.Document)),
            HasOtherContent = HasOtherContent.Or(fields.HasOtherContent) ?? false,
        };
}

/// <summary>Changes the address, the description, the document or the content of a webhook.</summary>
public sealed class SaveWebhook(
    CmsDatabase database,
    IDbContextFactory<CmsDbContext> databases,
    CheckDocument check,
    WebhookSettings settings,
    TimeProvider clock
)
{
    public async Task<Result<Webhook>> Handle(SaveWebhookInput input, Actor actor, CancellationToken cancellationToken)
    {
        // The document is checked before the transaction, because it is executed.
        if (await FindAsync(input.Id, cancellationToken) is not { } current || !actor.Manages(current.PartnerId))
        {
            return new WebhookNotFound(input.Id) { Path = ["id"] };
        }

        var fields = input.Apply(current.Fields());
        if (await check.RefusalsAsync(fields, current.PartnerId, settings, cancellationToken) is [_, ..] refusals)
        {
            return current.Conflict(input.ExpectedVersion) is { } stale ? stale : refusals;
        }

        return await database.ChangeWebhookAsync(
            actor,
            input.Id,
            input.ExpectedVersion,
            (_, webhook) =>
            {
                webhook.Edit(input.Apply(webhook.Fields()), actor.Contributor, clock.Now());
                return webhook;
            },
            cancellationToken
        );
    }

    private async Task<Webhook?> FindAsync(WebhookId id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Webhooks.AsNoTracking().SingleOrDefaultAsync(w => w.Id == id, cancellationToken);
    }
}

internal static class WebhookChecks
{
    extension(CheckDocument check)
    {
        /// <summary>Returns everything that is wrong with the fields of a webhook.</summary>
        public async Task<List<UserError>> RefusalsAsync(
            WebhookFields fields,
            PartnerId? partner,
            WebhookSettings settings,
            CancellationToken cancellationToken
        )
        {
            var refusals = fields.Refusals(partner, settings.AllowLoopback);
            if (await check.Handle(fields.Document, partner, cancellationToken) is { } invalid)
            {
                refusals.Add(invalid);
            }

            return refusals;
        }
    }
}

internal static class Blank
{
    /// <summary>Returns a text without white space at its ends; null if nothing remains.</summary>
    public static string? ToNull(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
