using Cms.Articles;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Panel;
using Cms.People;
using Cms.References;
using Cms.Taxonomy;
using Microsoft.EntityFrameworkCore;

namespace Cms.Partners;

public sealed record SaveAgreementInput
{
    public required PartnerId Partner { get; init; }

    /// <summary>
    /// Returns the new terms, given the current ones, or null if there are none. It is called in the transaction, once
    /// for each attempt.
    /// </summary>
    public required Func<AgreementTerms?, AgreementTerms> Edit { get; init; }

    /// <summary>The number of the version that the admin last read: 0 for none; null skips the check.</summary>
    public int? ExpectedNumber { get; init; }
}

/// <summary>Saves the next version of a partner's agreement. It replaces the version before at once.</summary>
public sealed class SaveAgreement(CmsDatabase database, TimeProvider clock)
{
    public Task<Result<Partner>> Handle(SaveAgreementInput input, Actor actor, CancellationToken cancellationToken) =>
        database.WriteAsync<Partner>(
            actor,
            async (db, token) =>
            {
                if (await db.Partners.FindAsync([input.Partner], token) is not { } partner)
                {
                    return new PartnerNotFound(input.Partner) { Path = ["partner"] };
                }

                if (input.ExpectedNumber is { } expected && expected != partner.AgreementNumber)
                {
                    return new AgreementChanged(partner.AgreementNumber) { Path = ["expectedNumber"] };
                }

                var current = await db.AgreementOfAsync(partner, token);
                var terms = input.Edit(current?.Terms);
                if (terms.Refusals() is [_, ..] refusals)
                {
                    return refusals;
                }

                var found = await FindAsync(db, terms, token);
                if (!found.Succeeded(out terms, out var missing))
                {
                    return missing.ToList();
                }

                if (current is not null)
                {
                    db.Audit.Remember(current);
                }

                db.Add(partner.Agree(terms, actor.Contributor, clock.Now()));
                await db.RecordReferencesAsync(
                    UsageKind.Partner,
                    partner.Id,
                    [
                        .. terms.Categories.Select(IEntityId (id) => id),
                        .. terms.Tags.Concat(terms.ExcludedTags).Select(IEntityId (id) => id),
                    ],
                    token
                );
                return partner;
            },
            cancellationToken
        );

    // Returns the terms with merged categories and tags replaced, or an error for each thing that does not exist.
    private static async Task<Result<AgreementTerms>> FindAsync(
        CmsDbContext db,
        AgreementTerms terms,
        CancellationToken cancellationToken
    )
    {
        var live = await db.LiveTermsAsync(terms.Categories, [.. terms.Tags, .. terms.ExcludedTags], cancellationToken);
        var tools = terms.Tools.ToList();
        var knownTools = await db
            .Tools.Where(t => tools.Contains(t.Id))
            .Select(t => t.Id)
            .ToListAsync(cancellationToken);
        var personas = terms.Personas.ToList();
        var knownPersonas = await db
            .Personas.Where(p => personas.Contains(p.Id))
            .Select(p => p.Id)
            .ToListAsync(cancellationToken);
        List<UserError> missing =
        [
            .. terms
                .Categories.Where(id => !live.Has(id))
                .Select(id => new CategoryNotFound(id) { Path = ["categories"] }),
            .. terms.Tags.Where(id => !live.Has(id)).Select(id => new TagNotFound(id) { Path = ["tags"] }),
            .. terms
                .ExcludedTags.Where(id => !live.Has(id))
                .Select(id => new TagNotFound(id) { Path = ["excludedTags"] }),
            .. tools.Except(knownTools).Select(id => new ToolNotFound(id) { Path = ["tools"] }),
            .. personas.Except(knownPersonas).Select(id => new PersonaNotFound(id) { Path = ["personas"] }),
        ];
        return missing.Count > 0
            ? missing
            : terms with
            {
                Categories = live.Of(terms.Categories),
                Tags = live.Of(terms.Tags),
                ExcludedTags = live.Of(terms.ExcludedTags),
                Tools = [.. tools.Distinct()],
                Personas = [.. personas.Distinct()],
            };
    }
}

internal static class AgreementRows
{
    extension(CmsDbContext db)
    {
        /// <summary>Returns the newest version of a partner's agreement; null if there is none.</summary>
        public async Task<Agreement?> AgreementOfAsync(Partner partner, CancellationToken cancellationToken) =>
            partner.AgreementNumber == 0
                ? null
                : await db.Agreements.FindAsync([partner.Id, partner.AgreementNumber], cancellationToken);
    }
}
