using Cms.Changes;
using Cms.Routes.Redirects;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Routes;

internal static class RoutesFeature
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddRoutes() =>
            services
                .AddScoped<ReadRoute>()
                .AddScoped<ReadRedirect>()
                .AddScoped<ListRedirects>()
                .AddSingleton<SaveRedirect>()
                .AddSingleton<DeleteRedirect>()
                .AddChange(
                    ChangeKind.RedirectChanged,
                    (change, cursor) => new RedirectChanged(cursor, change.OccurredAt, new(change.SubjectId.Value))
                );
    }
}
