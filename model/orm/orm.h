/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Everything a user of the mapper includes. */
#include "orm-changes.h"
#include "orm-column.h"
#include "orm-connection.h"
#include "orm-cursor.h"
#include "orm-database.h"
#include "orm-entity.h"
#include "orm-error.h"
#include "orm-expression.h"
#include "orm-migration.h"
#include "orm-parameter.h"
#include "orm-query-work.h"
#include "orm-query.h"
#include "orm-relation.h"
#include "orm-rows.h"
#include "orm-scope.h"
#include "orm-session.h"
#include "orm-statement.h"
#include "orm-table.h"
#include "orm-value.h"
