using Cms.GraphQL;
using Cms.People;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cms.Server.Access;

/// <summary>Checks who sends files to an endpoint.</summary>
internal static class FileSenders
{
    extension(HttpContext http)
    {
        /// <summary>Returns why the sender may not send files; null if they may.</summary>
        /// <param name="role">The least role that may.</param>
        /// <param name="verb">What is done with the files, such as <c>upload</c>.</param>
        /// <param name="gerund">The same at the beginning of a sentence, such as <c>Uploading</c>.</param>
        public ProblemHttpResult? SenderRefusal(Role role, string verb, string gerund)
        {
            if (http.Viewer.Kind is ViewerKind.Anonymous)
            {
                http.Response.Headers.WWWAuthenticate = "Bearer";
                return Problems.Of(
                    StatusCodes.Status401Unauthorized,
                    ErrorCodes.NotAuthenticated,
                    $"Sign in to {verb}: send the token of a person with the role {role}."
                );
            }

            if (!http.Viewer.Is(role))
            {
                return Problems.Of(
                    StatusCodes.Status403Forbidden,
                    ErrorCodes.NotAuthorized,
                    $"You may not {verb} files. {gerund} requires the role {role}."
                );
            }

            return http.SignInResult.IsByCookie && !CrossSite.IsOwn(http.Request)
                ? Problems.Of(
                    StatusCodes.Status403Forbidden,
                    ErrorCodes.NotAuthorized,
                    "This request appears to come from another site. If it is your own, send the header GraphQL-Preflight: 1 with it."
                )
                : null;
        }
    }
}
