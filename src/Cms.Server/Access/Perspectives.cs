using System.Net;
using Cms.Articles.Preview;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Server.Access;

/// <summary>The perspective that a client asks for, in headers or in the first message of a socket.</summary>
/// <param name="Name"><c>published</c> or <c>draft</c>; null for the default.</param>
/// <param name="Token">The token of a preview link; null if none was sent.</param>
internal readonly record struct AskedPerspective(string? Name, string? Token)
{
    public const string NameHeader = "Cms-Perspective";
    public const string TokenHeader = "Cms-Preview";

    public static AskedPerspective Of(IHeaderDictionary headers) =>
        new(
            headers.TryGetValue(NameHeader, out var name) ? name.ToString() : null,
            headers.TryGetValue(TokenHeader, out var token) ? token.ToString() : null
        );
}

/// <summary>
/// Fixes the perspective of a request or of a connection when it begins. A token that opens nothing is ignored, so that
/// the answers are the same as without it.
/// </summary>
internal sealed class Perspectives(OpenPreview previews, BadTokens badTokens)
{
    private const string Published = "published";
    private const string Draft = "draft";

    /// <summary>Returns the viewer with the requested perspective.</summary>
    /// <param name="viewer">The viewer, with the published perspective.</param>
    /// <param name="asked">The requested perspective.</param>
    /// <param name="address">The address of the caller.</param>
    /// <param name="cancellationToken">Cancelled when the request ends.</param>
    /// <exception cref="RequestError">
    /// The perspective is unknown, the viewer is not staff, or the address has sent too many invalid tokens.
    /// </exception>
    public async ValueTask<Viewer> OfAsync(
        Viewer viewer,
        AskedPerspective asked,
        IPAddress? address,
        CancellationToken cancellationToken
    )
    {
        var shown = viewer with { Perspective = PerspectiveOf(viewer, asked.Name) };

        // A partner receives what its agreement includes, whatever links it has.
        if (viewer.Kind is ViewerKind.Partner || !PreviewToken.TryHash(asked.Token, out var hash))
        {
            return shown;
        }

        // The limit protects the database, so it is checked before the read.
        if (await badTokens.IsExhaustedAsync(address))
        {
            throw TooManyTokens();
        }

        if (await previews.Handle(hash, cancellationToken) is { } grant)
        {
            return shown with { Preview = grant };
        }

        return await badTokens.IsToleratedAsync(address) ? shown : throw TooManyTokens();
    }

    private static RequestError TooManyTokens() =>
        new(ErrorCodes.RateLimited, "Your address sent too many invalid tokens. Wait a second.");

    private static Perspective PerspectiveOf(Viewer viewer, string? name)
    {
        if (name is null || name.Equals(Published, StringComparison.OrdinalIgnoreCase))
        {
            return Perspective.Published;
        }

        if (!name.Equals(Draft, StringComparison.OrdinalIgnoreCase))
        {
            throw new RequestError(
                ErrorCodes.BadRequest,
                $"{AskedPerspective.NameHeader} must be {Published} or {Draft}."
            );
        }

        if (viewer.Is(Role.Author))
        {
            return Perspective.Draft;
        }

        throw viewer.IsSignedIn
            ? new RequestError(
                ErrorCodes.NotAuthorized,
                $"The perspective {Draft} requires the role {Role.Author}. Leave out {AskedPerspective.NameHeader} to read what is published."
            )
            : new RequestError(
                ErrorCodes.NotAuthenticated,
                $"The perspective {Draft} is for staff. Sign in, or leave out {AskedPerspective.NameHeader} to read what is published."
            );
    }
}
