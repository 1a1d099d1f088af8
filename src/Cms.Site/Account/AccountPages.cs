using Cms.Site.Bookmarks;
using Cms.Site.Pages;

namespace Cms.Site.Account;

/// <summary>The reader's account, what is kept in the browser, and the confirmation before data is deleted.</summary>
internal static class AccountPages
{
    public const string Path = "/account";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPage(Path, page => ShowAsync(page, isDeleting: false), "deleted");
        routes.MapPage(Path + "/delete", page => ShowAsync(page, isDeleting: true));
    }

    private static async Task<PageResult> ShowAsync(PageRequest page, bool isDeleting)
    {
        if (page.Caller.Cookie is null)
        {
            return PageResult.Show<AccountPage>();
        }

        try
        {
            var viewer = (await page.QueryAsync<AccountData>("SiteAccount")).Viewer;
            return isDeleting && viewer is not null
                ? PageResult.Show<DeletePage>((nameof(DeletePage.Viewer), viewer))
                : PageResult.Show<AccountPage>(
                    (nameof(AccountPage.Viewer), viewer),
                    (
                        nameof(AccountPage.Deleted),
                        int.TryParse(
                            page.Address.Query.GetValueOrDefault("deleted"),
                            System.Globalization.CultureInfo.InvariantCulture,
                            out var deleted
                        )
                            ? deleted
                            : null
                    )
                );
        }
        catch (NotAllowedException)
        {
            return PageResult.Show<AccountPage>((nameof(AccountPage.Problem), BookmarkRefusals.NoRole));
        }
    }
}
