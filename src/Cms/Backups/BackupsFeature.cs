using Microsoft.Extensions.DependencyInjection;

namespace Cms.Backups;

internal static class BackupsFeature
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddBackups() => services.AddSingleton<BeginNewLog>().AddSingleton<ListOriginals>();
    }
}
