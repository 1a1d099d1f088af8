using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Partners;

/// <summary>The partner to suspend, and why.</summary>
public sealed record SuspendPartnerInput : MutationInput
{
    /// <summary>The partner's id.</summary>
    public required PartnerId Id { get; init; }

    /// <summary>The reason, for the newsroom. The partner does not see it.</summary>
    public required string Reason { get; init; }

    /// <summary>The version that the admin last read; null skips the check for newer changes.</summary>
    public int? ExpectedVersion { get; init; }
}

/// <summary>The partner to resume.</summary>
public sealed record ResumePartnerInput : MutationInput
{
    /// <summary>The partner's id.</summary>
    public required PartnerId Id { get; init; }

    /// <summary>The version that the admin last read; null skips the check for newer changes.</summary>
    public int? ExpectedVersion { get; init; }
}

/// <summary>Makes a partner receive nothing until it is resumed.</summary>
public sealed class SuspendPartner(CmsDatabase database, TimeProvider clock)
{
    public Task<Result<Partner>> Handle(SuspendPartnerInput input, Actor actor, CancellationToken cancellationToken) =>
        database.ChangePartnerAsync(
            actor,
            input.Id,
            input.ExpectedVersion,
            (_, partner, _) =>
                Task.FromResult(partner.Suspend(input.Reason.Trim(), actor.Contributor, clock.Now()).Then(partner)),
            cancellationToken
        );
}

/// <summary>Lets a suspended partner receive what its agreement allows.</summary>
public sealed class ResumePartner(CmsDatabase database, TimeProvider clock)
{
    public Task<Result<Partner>> Handle(ResumePartnerInput input, Actor actor, CancellationToken cancellationToken) =>
        database.ChangePartnerAsync(
            actor,
            input.Id,
            input.ExpectedVersion,
            (_, partner, _) =>
            {
                partner.Resume(actor.Contributor, clock.Now());
                return Task.FromResult<Result<Partner>>(partner);
            },
            cancellationToken
        );
}
