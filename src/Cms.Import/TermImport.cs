using System.Linq.Expressions;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Taxonomy;
using Microsoft.EntityFrameworkCore;

namespace Cms.Import;

/// <summary>
/// Finds the categories, tags and sources of one run by name or slug, and creates missing ones. A dry run gives a
/// missing term an id for the rest of the run, but does not save it.
/// </summary>
internal sealed class TermImport(CmsDatabase database, bool isDryRun)
{
    private readonly Dictionary<(Type Kind, string Slug), Guid> _known = [];

    public Task<CategoryId> CategoryAsync(string name, CancellationToken cancellationToken) =>
        FindOrCreateAsync(
            name,
            slug => new Category
            {
                Id = CategoryId.New(),
                Slug = slug,
                Name = name,
            },
            category => category.Id,
            cancellationToken
        );

    /// <summary>Returns the ids of the tags with these names, in the same order.</summary>
    public async Task<Result<IReadOnlyList<TagId>>> TagsAsync(
        IReadOnlyList<string> names,
        CancellationToken cancellationToken
    )
    {
        if (names.FirstOrDefault(name => Slug.From(name) is null) is { } nameless)
        {
            return new ValueMalformed("tags", $"names with a letter or digit, unlike ‘{nameless}’") { Path = ["tags"] };
        }

        List<TagId> ids = [];
        foreach (var name in names)
        {
            ids.Add(await TagAsync(name, cancellationToken));
        }

        return ids;
    }

    private Task<TagId> TagAsync(string name, CancellationToken cancellationToken) =>
        FindOrCreateAsync(
            name,
            slug => new Tag
            {
                Id = TagId.New(),
                Slug = slug,
                Name = name,
            },
            tag => tag.Id,
            cancellationToken
        );

    public Task<SourceId> SourceAsync(string name, CancellationToken cancellationToken) =>
        FindOrCreateAsync(
            name,
            slug => new Source
            {
                Id = SourceId.New(),
                Slug = slug,
                Name = name,
            },
            source => source.Id,
            cancellationToken
        );

    private async Task<TId> FindOrCreateAsync<T, TId>(
        string name,
        Func<string, T> make,
        Expression<Func<T, TId>> idOf,
        CancellationToken cancellationToken
    )
        where T : class, ISlugged
        where TId : struct, IEntityId<TId>
    {
        var slug =
            Slug.From(name) ?? throw new ArgumentException("The name must contain a letter or digit.", nameof(name));
        if (_known.TryGetValue((typeof(T), slug), out var known))
        {
            return new TId { Value = known };
        }

        var found = await database.ImportAsync<TId>(
            isDryRun,
            async (db, token) =>
            {
                var ids = await db.Set<T>().Where(row => row.Slug == slug).Select(idOf).ToListAsync(token);
                if (ids is [var id])
                {
                    return id;
                }

                // Nothing is announced here: the term becomes public with the first edition that shows it.
                var made = make(slug);
                db.Add(made);
                return idOf.Compile()(made);
            },
            cancellationToken
        );
        _known[(typeof(T), slug)] = found.Value.Value;
        return found.Value;
    }
}
