using Cms.Access;

namespace Cms.Server.Access;

internal static class HttpViewer
{
    extension(HttpContext http)
    {
        /// <summary>Who asks; anonymous until authentication has said otherwise.</summary>
        public Viewer Viewer
        {
            get => http.Features.Get<Viewer>() ?? Viewer.Anonymous;
            set => http.Features.Set(value);
        }
    }
}
