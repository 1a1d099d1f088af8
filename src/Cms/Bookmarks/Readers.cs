using Cms.GraphQL;
using Cms.People;

namespace Cms.Bookmarks;

internal static class Readers
{
    extension(Viewer viewer)
    {
        /// <summary>Whose bookmarks the viewer may see: their own.</summary>
        /// <exception cref="RequestError">The viewer keeps no bookmarks.</exception>
        public PersonKey Reader =>
            viewer.Is(Role.Reader) && viewer.Key is { } key
                ? key
                : throw new RequestError(
                    viewer.Kind is ViewerKind.Anonymous ? ErrorCodes.NotAuthenticated : ErrorCodes.NotAuthorized,
                    "Only readers who signed in keep bookmarks."
                );
    }
}
