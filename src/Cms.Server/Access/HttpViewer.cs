using Cms.People;

namespace Cms.Server.Access;

internal static class HttpViewer
{
    extension(HttpContext http)
    {
        /// <summary>Who was let in, and until when; anonymous until authentication has said otherwise.</summary>
        public SignInResult SignInResult => http.Features.Get<SignInResult>() ?? SignInResult.Anonymous;

        /// <summary>Who asks.</summary>
        public Viewer Viewer
        {
            get => http.SignInResult.Viewer;
            set => http.Features.Set(new SignInResult { Viewer = value });
        }
    }
}
