using Cms.GraphQL;
using Cms.People;
using Cms.Reading;
using Microsoft.EntityFrameworkCore;

namespace Cms.Routes.Redirects;

[ObjectType<DeskRoot>]
[Authorize(Policies.Author)]
public static class RedirectDesk
{
    /// <summary>The redirects that editors have saved, most recently changed first.</summary>
    public static Task<Connection<Redirect>?> GetRedirectsAsync(
        PageArguments page,
        [Service] ListRedirects redirects,
        CancellationToken cancellationToken
    ) => redirects.Handle(page, cancellationToken);
}

/// <summary>Lists redirects, most recently changed first.</summary>
public sealed class ListRedirects(ReadContexts contexts)
{
    private static readonly ListHash List = ListHash.Of("desk redirects");
    private static readonly Keyset<Redirect, RedirectId> ByChange = new(r => r.UpdatedAt, r => r.Id);

    public async Task<Connection<Redirect>?> Handle(PageArguments page, CancellationToken cancellationToken)
    {
        var from = Keyset<Redirect, RedirectId>.Read(List, page);
        var isWithin = Keyset<Redirect, RedirectId>.Within<Redirect>(List, page, r => (r.UpdatedAt, r.Id));
        using var lease = await contexts.RentAsync(cancellationToken);
        var rows = await ByChange.Slice(lease.Db.Redirects, page, from).ToListAsync(cancellationToken);
        return Connection.Page(
            rows,
            page,
            redirect => Cursor.Write(List, redirect.Id, redirect.UpdatedAt),
            contexts.Counting(db => db.Redirects, () => contexts.Reads.AsItGoes),
            isWithin
        );
    }
}

/// <summary>A redirect that editors have saved.</summary>
[ObjectType<Redirect>(
    Bind = Bind.Explicit,
    Fields = [
        nameof(Redirect.Id),
        nameof(Redirect.From),
        nameof(Redirect.To),
        nameof(Redirect.UpdatedAt),
        nameof(Redirect.UpdatedBy),
        nameof(Redirect.Version),
    ],
    Name = "DeskRedirect"
)]
public static class DeskRedirectNode;
