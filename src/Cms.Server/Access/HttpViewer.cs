using Cms.People;

namespace Cms.Server.Access;

internal static class HttpViewer
{
    extension(HttpContext http)
    {
        /// <summary>Who was let in, and until when; anonymous until authentication has said otherwise.</summary>
        public Admittance Admittance => http.Features.Get<Admittance>() ?? Admittance.Anonymous;

        /// <summary>Who asks.</summary>
        public Viewer Viewer
        {
            get => http.Admittance.Viewer;
            set => http.Features.Set(new Admittance { Viewer = value });
        }
    }
}
