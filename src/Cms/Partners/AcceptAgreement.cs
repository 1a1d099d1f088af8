using Cms.Audit;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Partners;

/// <summary>That a partner has accepted a version of its agreement.</summary>
public sealed class AgreementAcceptance : IAudited
{
    public const int MaxBy = 200;

    string IAudited.AuditSubject => PartnerId.ToString();

    string? IAudited.AuditPart => "acceptance";

    public required PartnerId PartnerId { get; init; }

    /// <summary>The number of the version.</summary>
    public required int Number { get; init; }

    /// <summary>When the partner accepted it.</summary>
    public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>Who accepted it for the partner: a contact, an application, or a feed key by its ending.</summary>
    public required string AcceptedBy { get; init; }
}

/// <summary>The version of your agreement to accept.</summary>
public sealed record AcceptAgreementInput : MutationInput
{
    /// <summary>The number of the version that you have read. It must be the one that is in force.</summary>
    public required int Number { get; init; }
}

/// <summary>The version of the agreement is not the one in force. Nothing was accepted.</summary>
/// <param name="CurrentNumber">The number of the version that is in force.</param>
public sealed record AgreementNotInForce(int CurrentNumber)
    : UserError("This version of the agreement is not in force. Read the version that is, and accept that one.");

/// <summary>
/// Records that a partner accepts the version of its agreement that is in force. Accepting it again changes nothing.
/// </summary>
public sealed class AcceptAgreement(CmsDatabase database, IDbContextFactory<CmsDbContext> databases, TimeProvider clock)
{
    public async Task<Result<AgreementAcceptance>> Handle(
        AcceptAgreementInput input,
        Viewer viewer,
        CancellationToken cancellationToken
    )
    {
        if (viewer.ActsFor is not { } id)
        {
            return new AgreementNotInForce(0) { Path = ["number"] };
        }

        await using var reading = await databases.CreateDbContextAsync(cancellationToken);
        return await database.WriteAsync<AgreementAcceptance>(
            await reading.ActorForAsync(viewer, id, "acceptAgreement", cancellationToken),
            async (db, token) =>
            {
                var partner = await db.Partners.SingleAsync(p => p.Id == id, token);
                if (partner.AgreementNumber != input.Number)
                {
                    return new AgreementNotInForce(partner.AgreementNumber) { Path = ["number"] };
                }

                return await db.AgreementAcceptances.FindAsync([id, input.Number], token)
                    ?? db.Add(
                        new AgreementAcceptance
                        {
                            PartnerId = id,
                            Number = input.Number,
                            AcceptedAt = clock.Now(),
                            AcceptedBy = await db.NameOfAsync(viewer, AgreementAcceptance.MaxBy, token),
                        }
                    ).Entity;
            },
            cancellationToken
        );
    }
}

/// <summary>That a partner has accepted a version of its agreement.</summary>
[ObjectType<AgreementAcceptance>(
    Name = "AgreementAcceptance",
    Bind = Bind.Explicit,
    Fields = [
        nameof(AgreementAcceptance.Number),
        nameof(AgreementAcceptance.AcceptedAt),
        nameof(AgreementAcceptance.AcceptedBy),
    ]
)]
public static class AgreementAcceptanceNode;
