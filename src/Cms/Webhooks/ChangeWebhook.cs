using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Webhooks;

/// <summary>The webhook whose secret to replace.</summary>
public sealed record RotateWebhookSecretInput : MutationInput
{
    /// <summary>The webhook's id.</summary>
    public required WebhookId Id { get; init; }

    /// <summary>The version that the admin last read; null skips the check for newer changes.</summary>
    public int? ExpectedVersion { get; init; }
}

/// <summary>The webhook to enable.</summary>
public sealed record EnableWebhookInput : MutationInput
{
    /// <summary>The webhook's id.</summary>
    public required WebhookId Id { get; init; }

    /// <summary>The version that the admin last read; null skips the check for newer changes.</summary>
    public int? ExpectedVersion { get; init; }
}

/// <summary>The webhook to disable, and why.</summary>
public sealed record DisableWebhookInput : MutationInput
{
    /// <summary>The webhook's id.</summary>
    public required WebhookId Id { get; init; }

    /// <summary>The reason. Contacts of the partner see it too.</summary>
    public required string Reason { get; init; }

    /// <summary>The version that the admin last read; null skips the check for newer changes.</summary>
    public int? ExpectedVersion { get; init; }
}

/// <summary>The webhook to delete.</summary>
public sealed record DeleteWebhookInput : MutationInput
{
    /// <summary>The webhook's id.</summary>
    public required WebhookId Id { get; init; }

    /// <summary>The version that the admin last read; null skips the check for newer changes.</summary>
    public int? ExpectedVersion { get; init; }
}

/// <summary>Makes a new secret. The one before also signs for a day.</summary>
public sealed class RotateWebhookSecret(CmsDatabase database, Vault vault, TimeProvider clock)
{
    public Task<Result<Webhook>> Handle(
        RotateWebhookSecretInput input,
        Actor actor,
        CancellationToken cancellationToken
    ) =>
        database.ChangeWebhookAsync(
            actor,
            input.Id,
            input.ExpectedVersion,
            (_, webhook) =>
            {
                webhook.Rotate(vault, actor.Contributor, clock.Now());
                return webhook;
            },
            cancellationToken
        );
}

/// <summary>Lets a webhook send. It continues where it stopped.</summary>
public sealed class EnableWebhook(CmsDatabase database, WebhookSignal signal, TimeProvider clock)
{
    public async Task<Result<Webhook>> Handle(
        EnableWebhookInput input,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        var enabled = await database.ChangeWebhookAsync(
            actor,
            input.Id,
            input.ExpectedVersion,
            (_, webhook) =>
            {
                webhook.Enable(actor.Contributor, clock.Now());
                return webhook;
            },
            cancellationToken,
            (_, progress) => progress.FailingSince = null
        );
        signal.Give();
        return enabled;
    }
}

/// <summary>Makes a webhook send nothing until it is enabled.</summary>
public sealed class DisableWebhook(CmsDatabase database, TimeProvider clock)
{
    public Task<Result<Webhook>> Handle(DisableWebhookInput input, Actor actor, CancellationToken cancellationToken) =>
        database.ChangeWebhookAsync(
            actor,
            input.Id,
            input.ExpectedVersion,
            (_, webhook) => webhook.Disable(input.Reason.Trim(), actor.Contributor, clock.Now()).Then(webhook),
            cancellationToken
        );
}

/// <summary>Deletes a webhook. Its deliveries are deleted later.</summary>
public sealed class DeleteWebhook(CmsDatabase database)
{
    public Task<Result<Webhook>> Handle(DeleteWebhookInput input, Actor actor, CancellationToken cancellationToken) =>
        database.ChangeWebhookAsync(
            actor,
            input.Id,
            input.ExpectedVersion,
            (db, webhook) =>
            {
                db.Remove(webhook);
                return webhook;
            },
            cancellationToken,
            (db, progress) => db.Remove(progress)
        );
}

internal static class WebhookWrites
{
    extension(CmsDatabase database)
    {
        /// <summary>Changes one webhook.</summary>
        public Task<Result<Webhook>> ChangeWebhookAsync(
            Actor actor,
            WebhookId id,
            int? expectedVersion,
            Func<CmsDbContext, Webhook, Result<Webhook>> change,
            CancellationToken cancellationToken,
            Action<CmsDbContext, WebhookProgress>? andProgress = null
        ) =>
            database.WriteAsync<Webhook>(
                actor,
                async (db, token) =>
                {
                    if (
                        await db.Webhooks.FindAsync([id], token) is not { } webhook
                        || !actor.Manages(webhook.PartnerId)
                    )
                    {
                        return new WebhookNotFound(id) { Path = ["id"] };
                    }

                    if (webhook.Conflict(expectedVersion) is { } conflict)
                    {
                        return conflict;
                    }

                    if (andProgress is not null && await db.WebhookProgress.FindAsync([id], token) is { } progress)
                    {
                        andProgress(db, progress);
                    }

                    return change(db, webhook);
                },
                cancellationToken
            );
    }
}
