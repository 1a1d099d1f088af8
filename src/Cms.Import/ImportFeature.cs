using Microsoft.Extensions.DependencyInjection;

namespace Cms.Import;

public static class ImportFeature
{
    extension(IServiceCollection services)
    {
        /// <summary>Registers the import and export of a newsroom as files.</summary>
        public IServiceCollection AddImport() =>
            services
                .AddSingleton<ImportArticle>()
                .AddSingleton<TakeBackArticle>()
                .AddSingleton<ImportMedia>()
                .AddSingleton<ImportNewsroom>()
                .AddSingleton<ReceiveImport>()
                .AddSingleton<RunImport>()
                .AddSingleton<ExportNewsroom>();
    }
}
