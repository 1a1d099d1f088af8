using Cms.Authors;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;
using Cms.Taxonomy;

namespace Cms.Import;

/// <summary>
/// Finds the categories, tags, sources and authors of one run by name or slug, and creates missing ones. A slug that a term had
/// before it was renamed or merged also finds it. A deleted term comes back. A dry run gives a missing term an id for
/// the rest of the run, but does not save it.
/// </summary>
internal sealed class TermImport(CmsDatabase database, TimeProvider clock, Actor by, bool isDryRun)
{
    private readonly Dictionary<(Type Kind, string Slug), Guid> _known = [];

    public Task<CategoryId> CategoryAsync(string name, CancellationToken cancellationToken) =>
        FindOrCreateAsync<Category, CategoryId>(name, cancellationToken);

    /// <summary>Returns the ids of the tags with these names, in the same order.</summary>
    public Task<Result<IReadOnlyList<TagId>>> TagsAsync(
        IReadOnlyList<string> names,
        CancellationToken cancellationToken
    ) => AllAsync<Tag, TagId>("tags", names, cancellationToken);

    /// <summary>Returns the ids of the authors with these names, in the same order.</summary>
    public Task<Result<IReadOnlyList<AuthorId>>> AuthorsAsync(
        IReadOnlyList<string> names,
        CancellationToken cancellationToken
    ) => AllAsync<Author, AuthorId>("authors", names, cancellationToken);

    public Task<SourceId> SourceAsync(string name, CancellationToken cancellationToken) =>
        FindOrCreateAsync<Source, SourceId>(name, cancellationToken);

    private async Task<Result<IReadOnlyList<TId>>> AllAsync<T, TId>(
        string key,
        IReadOnlyList<string> names,
        CancellationToken cancellationToken
    )
        where T : Term<TId>, ITerm<T, TId>
        where TId : struct, IEntityId<TId>
    {
        if (names.FirstOrDefault(name => Slug.From(name) is null) is { } nameless)
        {
            return new ValueMalformed(key, $"names with a letter or digit, unlike ‘{nameless}’") { Path = [key] };
        }

        List<TId> ids = [];
        foreach (var name in names)
        {
            ids.Add(await FindOrCreateAsync<T, TId>(name, cancellationToken));
        }

        return ids;
    }

    // The id of a merged term is returned as it is: it identifies the words of the item. The article gets the term that
    // it became.
    private async Task<TId> FindOrCreateAsync<T, TId>(string name, CancellationToken cancellationToken)
        where T : Term<TId>, ITerm<T, TId>
        where TId : struct, IEntityId<TId>
    {
        var slug =
            Slug.From(name) ?? throw new ArgumentException("The name must contain a letter or digit.", nameof(name));
        if (_known.TryGetValue((typeof(T), slug), out var known))
        {
            return new TId { Value = known };
        }

        var found = await database.ImportAsync<TId>(
            by,
            isDryRun,
            async (db, token) =>
            {
                if (await db.NamedTermAsync<T, TId>(slug, token) is { } term)
                {
                    await db.ReviveTermAsync<T, TId>(term, Contributor.Import, clock.Now(), token);
                    return term.Id;
                }

                // Nothing is announced here: the term becomes public with the first edition that shows it.
                var made = T.Create(new TId { Value = Guid.CreateVersion7() }, slug, name);
                made.Touch(Contributor.Import, clock.Now());
                db.Add(made);
                return made.Id;
            },
            cancellationToken
        );
        _known[(typeof(T), slug)] = found.Value.Value;
        return found.Value;
    }
}
