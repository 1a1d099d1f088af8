using System.Linq.Expressions;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Taxonomy;
using Microsoft.EntityFrameworkCore;

namespace Cms.Import;

/// <summary>Categories, tags and sources by name or slug; one that does not exist is made. Remembers for one run.</summary>
public sealed class ImportTerms(CmsDatabase database)
{
    private readonly Dictionary<(Type Kind, string Slug), Guid> _known = [];

    public Task<CategoryId> CategoryAsync(string name, CancellationToken cancellationToken) =>
        FindOrMakeAsync(
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

    public Task<TagId> TagAsync(string name, CancellationToken cancellationToken) =>
        FindOrMakeAsync(
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
        FindOrMakeAsync(
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

    private async Task<TId> FindOrMakeAsync<T, TId>(
        string name,
        Func<string, T> make,
        Expression<Func<T, TId>> idOf,
        CancellationToken cancellationToken
    )
        where T : class, ISlugged
        where TId : struct, IEntityId<TId>
    {
        var slug =
            Slug.From(name)
            ?? throw new ArgumentException("A name without letters or digits names nothing.", nameof(name));
        if (_known.TryGetValue((typeof(T), slug), out var known))
        {
            return new TId { Value = known };
        }

        var found = await database.WriteAsync<TId>(
            async (db, token) =>
            {
                var ids = await db.Set<T>().Where(row => row.Slug == slug).Select(idOf).ToListAsync(token);
                if (ids is [var id])
                {
                    return id;
                }

                // Readers learn of it with the first edition that shows it.
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
