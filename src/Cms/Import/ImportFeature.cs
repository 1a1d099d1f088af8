using Microsoft.Extensions.DependencyInjection;

namespace Cms.Import;

internal static class ImportFeature
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddImport() =>
            services
                .AddSingleton<ImportArticle>()
                .AddSingleton<ImportMedia>()
                .AddSingleton<ImportNewsroom>()
                .AddSingleton<ExportNewsroom>();
    }
}
