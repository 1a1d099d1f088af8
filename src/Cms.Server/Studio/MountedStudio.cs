using Cms.People;
using Cms.Server.Access;
using Cms.Studio;
using Cms.Studio.Access;

namespace Cms.Server.Studio;

/// <summary>Shows the Studio at <c>/studio</c>, if people can sign in and <c>Cms__Studio__Enabled</c> is not false.</summary>
internal static class MountedStudio
{
    /// <summary>Returns whether the server shows the Studio.</summary>
    public static bool IsEnabled(CmsSettings settings, EntraSettings? entra) =>
        entra is not null && settings.Studio.Enabled;

    /// <summary>Adds the Studio's services.</summary>
    /// <param name="hasSite">Whether the server shows the reader site too.</param>
    public static void AddMountedStudio(
        this IServiceCollection services,
        CmsSettings settings,
        EntraSettings entra,
        bool hasSite
    ) =>
        services
            .AddStudio()
            .AddSingleton(
                new StudioHost
                {
                    SessionCookie = BrowserSignIn.CookieName(entra),
                    VisitorOf = VisitorOf,
                    IsOwn = CrossSite.IsOwn,
                    ReturnTo = ReturnAddress.Of,
                    TimeZone = TimeZoneInfo.FindSystemTimeZoneById(settings.Newsroom.TimeZone),
                    HasSite = hasSite,
                }
            );

    private static StudioVisitor? VisitorOf(HttpContext http) =>
        http.SignInResult switch
        {
            { IsBlocked: true } => new("", StudioRole.None) { IsBlocked = true },
            { IsByCookie: true, Viewer: { Kind: ViewerKind.Person } person } => new(
                person.Name ?? "",
                person.Role switch
                {
                    Role.Admin => StudioRole.Admin,
                    Role.Editor => StudioRole.Editor,
                    Role.Author => StudioRole.Author,
                    Role.Reader => StudioRole.Reader,
                    _ => StudioRole.None,
                }
            ),
            _ => null,
        };
}
