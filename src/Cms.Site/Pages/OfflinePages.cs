namespace Cms.Site.Pages;

/// <summary>What the service worker shows without a network for pages that it does not keep.</summary>
internal static class OfflinePages
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPage("/offline", _ => Task.FromResult<PageResult>(PageResult.Show<OfflinePage>()));
}
