using Microsoft.Extensions.DependencyInjection;

namespace Cms.Routes;

internal static class RoutesFeature
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddRoutes() => services.AddScoped<ReadRoute>();
    }
}
