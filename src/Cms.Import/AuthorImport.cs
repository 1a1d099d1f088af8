using Cms.Articles;
using Cms.Authors;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;
using Cms.Taxonomy;
using Microsoft.EntityFrameworkCore;

namespace Cms.Import;

/// <summary>
/// Imports the profiles of the authors of one run. A slug that an author had before it was renamed or merged also finds
/// it.
/// </summary>
internal sealed class AuthorImport(
    IDbContextFactory<CmsDbContext> databases,
    CreateTerm<Author, AuthorId> create,
    EditTerm<Author, AuthorId> edit,
    ImageImport images,
    Actor by,
    bool isDryRun
)
{
    public async Task<Result<ImportOutcome>> ImportAsync(AuthorItem item, CancellationToken cancellationToken)
    {
        if (item.Slug is { } given && !Slug.IsWellFormed(given))
        {
            return new SlugMalformed(given) { Path = ["slug"] };
        }

        var avatar = await images.FindAsync(item.Avatar, item.Folder, null, cancellationToken);
        if (avatar.Errors.Concat(images.Unfit(avatar.Value, "avatar")).ToList() is [_, ..] unfit)
        {
            return unfit;
        }

        var fields = item.Fields with { Avatar = avatar.Value };
        if (fields.Refusals() is [_, ..] refusals)
        {
            return refusals;
        }

        if (await CurrentAsync(item.Slug ?? Slug.From(fields.Name), cancellationToken) is not { } known)
        {
            return isDryRun
                ? ImportOutcome.Added
                : (
                    await create.Handle(
                        new CreateTermInput { Fields = fields, Slug = item.Slug },
                        by,
                        cancellationToken
                    )
                ).Then(ImportOutcome.Added);
        }

        if (known.Edit(fields, Contributor.Import, known.UpdatedAt) is { IsRefused: false, Value: false })
        {
            return ImportOutcome.Unchanged;
        }

        return isDryRun
            ? ImportOutcome.Changed
            : (
                await edit.Handle(
                    new EditTermInput<AuthorId> { Id = known.Id, Edit = _ => fields },
                    by,
                    cancellationToken
                )
            ).Then(ImportOutcome.Changed);
    }

    // Returns the author that has or had the slug; null if there is none, or if it was deleted and comes back.
    private async Task<Author?> CurrentAsync(string? slug, CancellationToken cancellationToken)
    {
        if (slug is null)
        {
            return null;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var named = await db.NamedTermAsync<Author, AuthorId>(slug, cancellationToken);
        if (named?.MergedInto is { } target)
        {
            named = await db.Authors.SingleAsync(a => a.Id == target, cancellationToken);
        }

        return named is { DeletedAt: null } ? named : null;
    }
}
