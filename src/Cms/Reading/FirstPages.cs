using System.Linq.Expressions;
using Cms.Data;
using Cms.GraphQL;

namespace Cms.Reading;

/// <summary>A row of a list that hangs from a parent, with the parent it belongs to.</summary>
internal sealed class Belonging<TParent, TRow>
{
    public required TParent Parent { get; init; }

    public required TRow Row { get; init; }
}

/// <summary>
/// The first pages of the lists that hang from several parents, in one statement that reads no further into any of them
/// than its page. Rows of the same time as a page's last may come too many; whoever makes the pages cuts them off.
/// </summary>
/// <param name="name">Names the lists among all queries.</param>
/// <param name="latest">From the parents and how many rows each list shall have, beginning with the latest.</param>
/// <param name="earliest">The same, beginning with the earliest; null where that is never asked for.</param>
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
