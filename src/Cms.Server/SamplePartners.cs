using Cms.Data;
using Cms.GraphQL;
using Cms.Partners;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Server;

/// <summary>
/// Adds two fictional partners to the sample newsroom, each with an agreement, and with an application and a contact of
/// the development sign-in, so that a developer can see what partners see. Only in Development, where everybody can get their tokens.
/// </summary>
internal sealed class SamplePartners(
    IHostEnvironment environment,
    IDbContextFactory<CmsDbContext> databases,
    CreatePartner createPartner,
    SaveAgreement saveAgreement,
    TimeProvider clock
)
{
    // Of the development tenant, which this project does not refer to.
    private static readonly Guid Tenant = new("5c0ffee0-0000-4000-8000-000000000001");
    private static readonly Guid Lantern = new("5c0ffee0-0000-4000-8000-00000000f001");
    private static readonly Guid Hana = new("5c0ffee0-0000-4000-8000-00000000e005");
    private static readonly Guid Leo = new("5c0ffee0-0000-4000-8000-00000000e006");
    private static readonly Guid Harbour = new("5c0ffee0-0000-4000-8000-00000000f002");

    private static readonly Actor Sample = Actor.Server.For("sampleNewsroom");

    public async Task AddAsync(CancellationToken cancellationToken)
    {
        if (!environment.IsDevelopment() || await AreThereAnyAsync(cancellationToken))
        {
            return;
        }

        await AddAsync(
            "Harbour Weekly",
            "desk@harbour-weekly.example",
            Harbour,
            new PartnerMember { Name = "Hana Lind", Key = new(Tenant, Hana) },
            terms => terms with { HasTakes = true, Images = SyndicatedImages.Credited },
            cancellationToken
        );
        await AddAsync(
            "Lantern Wire",
            "nora@lantern-wire.example",
            Lantern,
            new PartnerMember { Name = "Leo Wick", Key = new(Tenant, Leo) },
            terms =>
                terms with
                {
                    Text = SyndicatedText.Summary,
                    SummaryWords = 30,
                    Images = SyndicatedImages.None,
                    Territories = ["DE", "AT", "CH"],
                    Attribution = "{newsroom}, {url}",
                },
            cancellationToken
        );
    }

    private async Task<bool> AreThereAnyAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Partners.AnyAsync(cancellationToken);
    }

    private async Task AddAsync(
        string name,
        string email,
        Guid application,
        PartnerMember contact,
        Func<AgreementTerms, AgreementTerms> terms,
        CancellationToken cancellationToken
    )
    {
        var partner = Value(
            await createPartner.Handle(
                new CreatePartnerInput
                {
                    Fields = new PartnerFields
                    {
                        Name = name,
                        Contacts = [new PartnerContact { Name = "Syndication", Email = email }],
                        Applications = [new PersonKey(Tenant, application)],
                        People = [contact],
                    },
                },
                Sample,
                cancellationToken
            )
        );
        Value(
            await saveAgreement.Handle(
                new SaveAgreementInput
                {
                    Partner = partner.Id,
                    Edit = _ => terms(new AgreementTerms { BeginsAt = clock.GetUtcNow() }),
                },
                Sample,
                cancellationToken
            )
        );
    }

    private static T Value<T>(Result<T> result) =>
        result.Succeeded(out var value, out var errors)
            ? value
            : throw new InvalidOperationException(string.Join(' ', errors.Select(error => error.Message)));
}
