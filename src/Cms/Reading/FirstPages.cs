using System.Linq.Expressions;
using Cms.Data;
using Cms.GraphQL;

namespace Cms.Reading;

/// <summary>A row of a parent's list, together with the parent.</summary>
internal sealed class Belonging<TParent, TRow>
{
    public required TParent Parent { get; init; }

    public required TRow Row { get; init; }
}

/// <summary>
/// Reads the first pages of several parents' lists in one statement, without reading the rest of each list. The result
/// can contain extra rows with the same time as the last row. The caller removes them.
/// </summary>
/// <param name="name">A name that is unique among all queries.</param>
/// <param name="latest">Maps the parents and the number of rows per list to the newest rows.</param>
/// <param name="earliest">Maps the same arguments to the oldest rows; null if no list is read backward.</param>
internal sealed class FirstPages<TParent, TStored>(
    string name,
    Expression<Func<CmsDbContext, List<TParent>, int, IQueryable<Belonging<TParent, TStored>>>> latest,
    Expression<Func<CmsDbContext, List<TParent>, int, IQueryable<Belonging<TParent, TStored>>>>? earliest = null
)
{
    public async Task<ILookup<TParent, TRow>> ReadAsync<TRow>(
        CompiledQueries queries,
        CmsDbContext db,
        List<TParent> parents,
        PageArguments page,
        Projection<TStored, TRow> rows,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        var key = $"{name} {(page.Backward ? "from the earliest" : "from the latest")}";
        var read = rows.Read(columns).Bits;
        var query =
            queries.Find<Func<CmsDbContext, List<TParent>, int, IAsyncEnumerable<Belonging<TParent, TRow>>>>(key, read)
            ?? queries.Keep(
                key,
                read,
                Compile(Visibility.Expand(page.Backward ? earliest! : latest), rows.Of(columns))
            );
        var found = await query(db, parents, page.Size).ReadAllAsync(parents.Count * page.Size, cancellationToken);
        return found.ToLookup(row => row.Parent, row => row.Row);
    }

    private static Func<CmsDbContext, List<TParent>, int, IAsyncEnumerable<Belonging<TParent, TRow>>> Compile<TRow>(
        Expression<Func<CmsDbContext, List<TParent>, int, IQueryable<Belonging<TParent, TStored>>>> pages,
        Expression<Func<TStored, TRow>> row
    )
    {
        Expression<Func<Belonging<TParent, TStored>, TStored>> inner = stored => stored.Row;
        Expression<Func<Belonging<TParent, TStored>, TParent>> parent = stored => stored.Parent;
        var stored = inner.Parameters[0];
        var narrowed = new Substitution(row.Parameters[0], inner.Body).Visit(row.Body);
        return Microsoft.EntityFrameworkCore.EF.CompileAsyncQuery(
            Expression.Lambda<Func<CmsDbContext, List<TParent>, int, IQueryable<Belonging<TParent, TRow>>>>(
                QueryExpressions.Select(
                    pages.Body,
                    Expression.Lambda<Func<Belonging<TParent, TStored>, Belonging<TParent, TRow>>>(
                        Expression.MemberInit(
                            Expression.New(typeof(Belonging<TParent, TRow>)),
                            Expression.Bind(
                                typeof(Belonging<TParent, TRow>).GetProperty(nameof(Belonging<,>.Parent))!,
                                new Substitution(parent.Parameters[0], stored).Visit(parent.Body)
                            ),
                            Expression.Bind(
                                typeof(Belonging<TParent, TRow>).GetProperty(nameof(Belonging<,>.Row))!,
                                narrowed
                            )
                        ),
                        stored
                    )
                ),
                pages.Parameters
            )
        );
    }
}
