using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cms.Body;

internal static class BodyFeature
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddBody()
        {
            services.TryAddSingleton(new SiteAddresses());
            services.TryAddSingleton(EmbedHosts.Default);
            return services.AddScoped<BodyTargets>();
        }
    }
}
