using Cms.People;

namespace Cms.Server.Access;

internal static class HttpViewer
{
    extension(HttpContext http)
    {
        /// <summary>Who is signed in, and until when; anonymous until the request is authenticated.</summary>
        public SignInResult SignInResult => http.Features.Get<SignInResult>() ?? SignInResult.Anonymous;

        /// <summary>The caller.</summary>
        public Viewer Viewer
        {
            get => http.SignInResult.Viewer;
            set => http.Features.Set(new SignInResult { Viewer = value });
        }
    }
}
