using Cms.Access;
using Cms.Articles;
using Cms.Audit;
using Cms.Authors;
using Cms.Backups;
using Cms.Body;
using Cms.Bookmarks;
using Cms.Changes;
using Cms.Data;
using Cms.Delivery;
using Cms.Foundation;
using Cms.Fronts;
using Cms.GraphQL;
using Cms.Media;
using Cms.Panel;
using Cms.Partners;
using Cms.People;
using Cms.Reading;
using Cms.References;
using Cms.Routes;
using Cms.Search;
using Cms.Taxonomy;
using Cms.Tools;
using Cms.Webhooks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cms;

public static class CmsServices
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds everything except the database, which the host chooses.</summary>
        public IServiceCollection AddCms()
        {
            services.TryAddSingleton(TimeProvider.System);
            services.TryAddSingleton(NewsroomTime.Utc);
            services.TryAddSingleton(new WriteRetries());
            services.TryAddSingleton<DatabaseGate>();
            return services
                .AddSingleton<CmsDatabase>()
                .AddSingleton<ForgetMutations>()
                .AddSingleton<DatabaseAvailability>()
                .AddSingleton<DatabaseErrors>()
                .AddSingleton<CompiledQueryCache>()
                .AddScoped<CompiledQueries>()
                .AddSingleton<ReadPool>()
                .AddScoped<ReadContexts>()
                .AddPeople()
                .AddAccess()
                .AddArticles()
                .AddChanges()
                .AddDelivery()
                .AddBody()
                .AddPanel()
                .AddTools()
                .AddPartners()
                .AddWebhooks()
                .AddMedia()
                .AddBookmarks()
                .AddTaxonomy()
                .AddAuthors()
                .AddFronts()
                .AddReferences()
                .AddRoutes()
                .AddSearch()
                .AddBackups()
                .AddAudit()
                .AddCmsGraphQL(typeof(CmsServices).Assembly);
        }
    }
}
