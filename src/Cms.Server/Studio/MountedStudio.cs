using Cms.GraphQL;
using Cms.Media.Blobs;
using Cms.Media.Intake;
using Cms.People;
using Cms.Server.Access;
using Cms.Server.Pages;
using Cms.Site;
using Cms.Studio;
using Cms.Studio.Access;
using Cms.Studio.Imports;

namespace Cms.Server.Studio;

/// <summary>Shows the Studio at <c>/studio</c>, if people can sign in and <c>Cms__Studio__Enabled</c> is not false.</summary>
internal static class MountedStudio
{
    /// <summary>Returns whether the server shows the Studio.</summary>
    public static bool IsEnabled(CmsSettings settings, EntraSettings? entra) =>
        entra is not null && settings.Studio.Enabled;

    /// <summary>Adds the Studio's services.</summary>
    /// <param name="site">The settings of the reader site.</param>
    /// <param name="hasSite">Whether the server shows the reader site too.</param>
    public static void AddMountedStudio(
        this IServiceCollection services,
        CmsSettings settings,
        EntraSettings entra,
        SiteSettings site,
        bool hasSite
    ) =>
        services
            .AddStudio()
            .AddSingleton(provider => new ImportDoor(InProcessApi.SlowClientOf(provider)))
            .AddSingleton(provider => new StudioHost
            {
                SessionCookie = BrowserSignIn.CookieName(entra),
                VisitorOf = VisitorOf,
                IsOwn = CrossSite.IsOwn,
                StoreFile = provider.GetRequiredService<IBlobStore>().StoreUploadAsync,
                UploadOrigin = settings.Media.UploadOrigin(),
                TimeZone = TimeZoneInfo.FindSystemTimeZoneById(settings.Newsroom.TimeZone),
                SiteUrl = site.Origin?.AbsoluteUri.TrimEnd('/') ?? (hasSite ? "" : null),
            });

    // The API has created the upload for the person who sends the file, and only that person can commit it.
    private static async Task<bool> StoreUploadAsync(
        this IBlobStore store,
        string upload,
        Stream file,
        CancellationToken cancellationToken
    ) =>
        await store.PutAsync(
            BlobKey.Quarantine(
                EntityId.Parse<MediaUploadId>(upload)
                    ?? throw new ArgumentException($"{upload} is not the id of an upload.", nameof(upload))
            ),
            file,
            "application/octet-stream",
            expectedSha256: null,
            MediaUpload.MaxBytes,
            cancellationToken
        )
            is not BlobPut.TooLarge;

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
            )
            {
                Subject = person.Key.ToString()!,
                IsContact = person.IsContact,
            },
            _ => null,
        };
}
