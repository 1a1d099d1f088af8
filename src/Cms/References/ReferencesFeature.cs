using Microsoft.Extensions.DependencyInjection;

namespace Cms.References;

internal static class ReferencesFeature
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddReferences() => services.AddScoped<ListUsages>();
    }
}
