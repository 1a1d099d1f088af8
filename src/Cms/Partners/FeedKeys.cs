using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Partners;

/// <summary>The partner that gets a new feed key.</summary>
public sealed record CreateFeedKeyInput : MutationInput
{
    /// <summary>The partner's id.</summary>
    public required PartnerId Partner { get; init; }
}

/// <summary>The feed key to revoke.</summary>
public sealed record RevokeFeedKeyInput : MutationInput
{
    /// <summary>The id of the key.</summary>
    public required FeedKeyId Id { get; init; }
}

/// <summary>Creates a feed key of a partner. A partner can have two that work.</summary>
public sealed class CreateFeedKey(CmsDatabase database, TimeProvider clock)
{
    public Task<Result<FeedKey>> Handle(CreateFeedKeyInput input, Actor actor, CancellationToken cancellationToken) =>
        database.WriteAsync<FeedKey>(
            actor,
            async (db, token) =>
            {
                if (
                    !actor.Manages(input.Partner)
                    || await db.Partners.FindAsync([input.Partner], token) is not { } partner
                )
                {
                    return new PartnerNotFound(input.Partner) { Path = ["partner"] };
                }

                // Otherwise, two simultaneous mutations would not see each other's key.
                await db
                    .Partners.Where(p => p.Id == partner.Id)
                    .ExecuteUpdateAsync(set => set.SetProperty(p => p.Version, p => p.Version), token);
                if (
                    await db.FeedKeys.CountAsync(k => k.PartnerId == partner.Id && k.RevokedAt == null, token)
                    >= FeedKey.MaxPerPartner
                )
                {
                    return new TooManyFeedKeys { Path = ["partner"] };
                }

                var key = FeedKey.New(partner.Id, actor.Contributor, clock.Now());
                partner.Touch(actor.Contributor, clock.Now());
                db.Add(key);
                return key;
            },
            cancellationToken
        );
}

/// <summary>Revokes a feed key. Requests with it are refused from then on.</summary>
public sealed class RevokeFeedKey(CmsDatabase database, TimeProvider clock)
{
    public Task<Result<FeedKey>> Handle(RevokeFeedKeyInput input, Actor actor, CancellationToken cancellationToken) =>
        database.WriteAsync<FeedKey>(
            actor,
            async (db, token) =>
            {
                if (await db.FeedKeys.FindAsync([input.Id], token) is not { } key || !actor.Manages(key.PartnerId))
                {
                    return new FeedKeyNotFound(input.Id) { Path = ["id"] };
                }

                if (key.Revoke(actor.Contributor, clock.Now()))
                {
                    var partner = await db.Partners.SingleAsync(p => p.Id == key.PartnerId, token);
                    partner.Touch(actor.Contributor, clock.Now());
                }

                return key;
            },
            cancellationToken
        );
}
