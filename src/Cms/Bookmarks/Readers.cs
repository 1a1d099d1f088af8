using Cms.GraphQL;
using Cms.People;

namespace Cms.Bookmarks;

internal static class Readers
{
    extension(Viewer viewer)
    {
        /// <summary>The viewer's key, if the viewer is a signed-in reader.</summary>
        /// <exception cref="RequestError">The viewer is not a signed-in reader.</exception>
        public PersonKey Reader =>
            viewer.Is(Role.Reader) && viewer.Key is { } key
                ? key
                : throw new RequestError(
                    viewer.Kind is ViewerKind.Anonymous ? ErrorCodes.NotAuthenticated : ErrorCodes.NotAuthorized,
                    "Only signed-in readers can have bookmarks."
                );
    }
}
